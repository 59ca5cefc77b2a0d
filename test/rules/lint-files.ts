/** Configurations held in memory, for tests: loaded, linted, fixed. */
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { Model } from '../../src/effective/index.ts'
import type { FileEdit, Problem } from '../../src/lint/problem.ts'
import type { RegisteredRule } from '../../src/lint/rule.ts'
import { runRules } from '../../src/lint/run.ts'
import { parseVersion, type TargetVersion } from '../../src/nginx/version.ts'
import { applyEdits, conflict, decodeForDisplay, encodeFromDisplay } from '../../src/syntax/index.ts'

/** Texts by path: absolute, or below /etc/nginx. */
export type Files = Readonly<Record<string, string>>

const FOLDER = '/etc/nginx/'
/** A run of the fixer repeats until quiet; what takes more than this is going in circles. */
const PASS_LIMIT = 10

/** The main file is `nginx.conf`, or the first one where there is none. */
export function loadFiles(files: Files, nginxVersion?: string): Model {
  const main = 'nginx.conf' in files ? 'nginx.conf' : (Object.keys(files)[0] as string)
  const texts = Object.entries(files).map(([name, text]) => [pathOf(name), encodeFromDisplay(text)])
  const configuration = loadConfiguration(pathOf(main), memoryFiles(Object.fromEntries(texts)))
  if ('failure' in configuration) throw new Error(`${main}: ${configuration.failure}`)
  return new Model(configuration, versionOf(nginxVersion))
}

/** The files after one run of the fixer, with safe and unsafe fixes. */
export function fixWith(rules: readonly RegisteredRule[], files: Files, nginxVersion?: string): Files {
  let texts = files
  for (let pass = 0; pass < PASS_LIMIT; pass++) {
    const edits = agreeing(runRules(loadFiles(texts, nginxVersion), rules))
    if (edits.length === 0) return texts
    texts = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, edited(name, text, edits)]))
  }
  throw new Error(`not quiet after ${PASS_LIMIT} passes`)
}

export function syntaxProblemsOf(files: Files): string[] {
  return loadFiles(files).configuration.files.flatMap(({ tree }) => tree.problems.map(({ message }) => message))
}

/** The edits of each fix whole, or not at all where an earlier problem's edits are in its way. */
function agreeing(problems: readonly Problem[]): FileEdit[] {
  const taken: FileEdit[] = []
  for (const { fix } of problems) {
    const edits = fix?.edits ?? []
    const isFree = edits.every(({ file, edit }) =>
      taken.every((other) => other.file !== file || !conflict(other.edit, edit)),
    )
    if (isFree) taken.push(...edits)
  }
  return taken
}

function edited(name: string, text: string, edits: readonly FileEdit[]): string {
  const own = edits.filter(({ file }) => file.path === pathOf(name)).map(({ edit }) => edit)
  return decodeForDisplay(applyEdits(encodeFromDisplay(text), own))
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
