/** Configurations held in memory, for tests: loaded, linted, fixed. */
import { type ConfigurationFiles, loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { Model } from '../../src/effective/index.ts'
import { fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Problem } from '../../src/lint/problem.ts'
import type { RegisteredRule } from '../../src/lint/rule.ts'
import { parseVersion, type TargetVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay, encodeFromDisplay } from '../../src/syntax/index.ts'

/** Texts by path: absolute, or below /etc/nginx. */
export type Files = Readonly<Record<string, string>>

const FOLDER = '/etc/nginx/'

export function loadFiles(files: Files, nginxVersion?: string): Model {
  const main = mainOf(files)
  const configuration = loadConfiguration(main, inMemory(files))
  if ('failure' in configuration) throw new Error(`${main}: ${configuration.failure}`)
  return new Model(configuration, versionOf(nginxVersion))
}

/** What is reported of the files, suppressions and all. */
export function lintFiles(files: Files, rules: readonly RegisteredRule[], nginxVersion?: string): readonly Problem[] {
  return lintRoots([mainOf(files)], inMemory(files), rules, { target: versionOf(nginxVersion) }).problems
}

/** The files after one run of the fixer, with safe and unsafe fixes. */
export function fixWith(rules: readonly RegisteredRule[], files: Files, nginxVersion?: string): Files {
  const options = { unsafe: true, target: versionOf(nginxVersion) }
  const { changes } = fixConfigurations([mainOf(files)], inMemory(files), rules, options)
  const changed = new Map(changes.map(({ path, newText }) => [path, newText]))
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const newText = changed.get(pathOf(name))
      return [name, newText === undefined ? text : decodeForDisplay(newText)]
    }),
  )
}

export function syntaxProblemsOf(files: Files): string[] {
  return loadFiles(files).configuration.files.flatMap(({ tree }) => tree.problems.map(({ message }) => message))
}

/** The path of `nginx.conf`, or of the first file where there is none. */
function mainOf(files: Files): string {
  return pathOf('nginx.conf' in files ? 'nginx.conf' : (Object.keys(files)[0] as string))
}

function inMemory(files: Files): ConfigurationFiles {
  return memoryFiles(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [pathOf(name), encodeFromDisplay(text)])),
  )
}

function pathOf(name: string): string {
  return name.startsWith('/') ? name : FOLDER + name
}

function versionOf(text: string | undefined): TargetVersion {
  if (text === undefined) return 'unknown'
  const version = parseVersion(text)
  if (!version) throw new Error(`"${text}" is no nginx version`)
  return version
}
