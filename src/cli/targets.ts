import { resolve } from 'node:path'
import { rules } from '../../rules/index.ts'
import { type ConfigurationFiles, type ConfigurationReader, isWithin, type LoadOptions } from '../config/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import type { FileSet, RootOptions } from '../lint/lint-roots.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import type { SettingsFile } from '../lint/settings/read.ts'
import { displayPath } from '../report/paths.ts'
import type { Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import { loadOptions } from './load-options.ts'
import { MainFinder, namedMains } from './main-of.ts'
import { targetVersion } from './nginx-version.ts'
import { findRoot, namedFiles, outermost, type Roots } from './roots.ts'
import type { SettingsFinder } from './settings.ts'

/** A configuration to be linted. */
export interface Target {
  /** Absolute path of its main file. */
  readonly path: string
  readonly settings: SettingsFile | undefined
  readonly options: RootOptions
}

export interface Targets {
  readonly targets: readonly Target[]
  /** What was found where names left it open, for people. */
  readonly notes: readonly string[]
}

export interface TargetOptions {
  readonly args: LintArguments
  /** What was named, `-` by the name of standard input. */
  readonly names: readonly string[]
  readonly files: ConfigurationFiles
  readonly reader: ConfigurationReader
  readonly settings: SettingsFinder
  readonly io: Io
}

/**
 * What the names on a command line mean: configurations, with the settings that hold for each. A file that a main
 * configuration includes is linted as a part of it, and is all that is reported then.
 */
export async function findTargets({
  args,
  names,
  files,
  reader,
  settings: finder,
  io,
}: TargetOptions): Promise<Targets> {
  const named = await namedPaths(names, files, finder, io.cwd)
  const notes = [...named.notes]
  const mains = new MainFinder(files, reader)
  const wholes: Wanted[] = []
  const only = args.onlyNamed ? { reported: filesNamed(names, files, io.cwd) } : {}
  const parts = new Map<string, Wanted & { readonly reported: Set<string> }>()
  for (const path of named.paths) {
    const settings = await finder.for(path)
    const load = loadOptions(args, io.cwd, settings)
    const realPath = files.realPath(path)
    if (settings?.of({ path, realPath }).isIgnored) {
      notes.push(`${displayPath(path, io.cwd)} is ignored by ${settings.name}:${settings.lineOf('ignore')}`)
      continue
    }
    const main = mains.isMain(path) ? undefined : mains.mainOf(path, settings, load)
    if (main === undefined || files.realPath(main.path) === realPath) wholes.push({ path, settings, load, ...only })
    else {
      const key = files.realPath(main.path)
      const part = parts.get(key) ?? { path: main.path, settings, load: main.load, reported: new Set() }
      part.reported.add(realPath)
      parts.set(key, { ...part, load: withSites(part.load, main.load) })
    }
  }
  const outer = outermost(wholes, files, reader).map((whole) => {
    const part = parts.get(files.realPath(whole.path))
    return part ? { ...whole, load: withSites(whole.load, part.load) } : whole
  })
  const isWhole = new Set(outer.map(({ path }) => files.realPath(path)))
  const inner = [...parts].filter(([key]) => !isWhole.has(key)).map(([, part]) => part)
  const all = [...outer, ...inner]
  reader.keep(all)
  return { targets: await Promise.all(all.map((wanted) => targetOf(wanted, args, io))), notes }
}

/** The sites of both are taken for enabled. */
function withSites(load: LoadOptions, { sites = [] }: LoadOptions): LoadOptions {
  return sites.length === 0 ? load : { ...load, sites: [...new Set([...(load.sites ?? []), ...sites])] }
}

export const STOCK_NAME = 'the nginx.conf of the nginx image'

/** What the main file of a configuration is called. */
export function mainName({ path, options }: Target, cwd: string): string {
  return options.load?.isStock ? STOCK_NAME : displayPath(path, cwd)
}

/** A configuration that is wanted, whole or in some of its files. */
interface Wanted {
  readonly path: string
  readonly settings: SettingsFile | undefined
  readonly load: LoadOptions
  readonly reported?: FileSet
}

/** The files that were named, and what is in folders that were. */
function filesNamed(names: readonly string[], files: ConfigurationFiles, cwd: string): FileSet {
  const paths = names.map((name) => files.realPath(resolve(cwd, name)))
  return { has: (realPath) => paths.some((path) => isWithin(realPath, path)) }
}

async function namedPaths(
  names: readonly string[],
  files: ConfigurationFiles,
  finder: SettingsFinder,
  cwd: string,
): Promise<Roots> {
  if (names.length > 0) return namedFiles(names, cwd, files)
  const settings = await finder.in(cwd)
  const paths = namedMains(settings)
  if (paths.length === 0) return findRoot(cwd)
  const shown = paths.map((path) => displayPath(path, cwd)).join(', ')
  return { paths, notes: [`no path given: reading ${shown}, the root in ${settings?.name}`] }
}

async function targetOf({ path, settings, load, reported }: Wanted, args: LintArguments, io: Io): Promise<Target> {
  const { nginxVersion, modules, websocket } = settings?.settings ?? {}
  const options: RootOptions = {
    load,
    target: await targetVersion(args.nginxVersion ?? nginxVersion, io),
    ...(settings && { fileSettings: settings.of, rules: settings.rules }),
    ...(modules && { modules }),
    ...(websocket && { webSockets: websocket }),
    ...(reported && { reported }),
  }
  return { path: resolve(io.cwd, path), settings, options }
}

/** Every rule that runs somewhere, those of plugins too. */
export function rulesOf(targets: readonly Target[]): RegisteredRule[] {
  const all = new Map(withBuiltIn(rules).map((registered) => [registered.id, registered]))
  for (const { settings } of targets) for (const registered of settings?.rules ?? []) all.set(registered.id, registered)
  return [...all.values()]
}
