import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { LoadOptions, PathMapping } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import type { SettingsFile } from '../lint/settings/read.ts'
import { CommandError } from './io.ts'
import type { LintArguments } from './lint-options.ts'

/** Where includes are looked for: as the command line says, else as the settings do. */
export function loadOptions(args: LintArguments, cwd: string, file: SettingsFile | undefined): LoadOptions {
  const folder = file ? dirname(file.path) : cwd
  const own = args.pathMap.map((text) => readPathMapping(text, cwd))
  const settled = Object.entries(file?.settings.pathMap ?? {}).map(([from, to]) => ({
    from,
    to: there(to, folder, `${file?.name}:${file?.lineOf('pathMap', from)}: "pathMap"`),
  }))
  const prefix =
    args.prefix === undefined
      ? readPrefix(file?.settings.prefix, folder, `${file?.name}:${file?.lineOf('prefix')}: "prefix"`)
      : readPrefix(args.prefix, cwd, '--prefix')
  return { mappings: [...own, ...settled], ...(prefix === undefined ? {} : { prefix }) }
}

function readPrefix(text: string | undefined, folder: string, source: string): string | undefined {
  if (text === undefined) return undefined
  const prefix = resolve(folder, text)
  if (!diskFiles.isFolder(prefix)) throw new CommandError(`${source}: ${text} is no folder`)
  return prefix
}

function readPathMapping(text: string, cwd: string): PathMapping {
  const [from = '', to = '', ...rest] = text.split('=')
  if (!from.startsWith('/') || to === '' || rest.length > 0)
    throw new CommandError(`--path-map: "${text}" is not FROM=TO, as in /etc/nginx=./conf`)
  return { from, to: there(to, cwd, '--path-map') }
}

/** Of a folder that is not there, patterns of includes would find nothing, and nobody would learn of it. */
function there(text: string, folder: string, source: string): string {
  const path = resolve(folder, text)
  if (existsSync(path)) return path
  throw new CommandError(`${source}: ${text} does not exist`)
}
