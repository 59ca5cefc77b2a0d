import { lstatSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  type ConfigurationFiles,
  type ConfigurationReader,
  compareBytes,
  isBackup,
  type LoadOptions,
} from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { displayPath } from '../report/paths.ts'
import { failureWords } from './failure-words.ts'
import { CommandError } from './io.ts'
import { foldersOfProject, isFile, usualMain, usualTemplates } from './usual-places.ts'

/** Which configurations to look at. */
export interface Roots {
  /** Absolute paths of their main files. */
  readonly paths: readonly string[]
  /** What was found where a name left it open, for people. */
  readonly notes: readonly string[]
}

const SYSTEM_CONFIGURATION = '/etc/nginx/nginx.conf'

/** The nginx.conf found from a folder: in it, or in one above; templates for the one of the image; else the system's. */
export function findRoot(cwd: string): Roots {
  const found = [...foldersOfProject(cwd)].map(rootsIn).find((paths) => paths.length > 0)
  const paths = found ?? [SYSTEM_CONFIGURATION].filter((path) => isFile(path) || isClosed(dirname(path)))
  if (paths.length > 0)
    return { paths, notes: [`no path given: reading ${paths.map((path) => displayPath(path, cwd)).join(', ')}`] }
  throw new CommandError(
    `no nginx.conf here, above, or at ${SYSTEM_CONFIGURATION}: name one, as in "ngxlint nginx.conf"`,
  )
}

function rootsIn(folder: string): readonly string[] {
  const main = usualMain(folder)
  return main === undefined ? usualTemplates(folder) : [main]
}

/** The files that names on the command line mean; those of a folder are its nginx.conf, or else all that look like some. */
export function namedFiles(names: readonly string[], cwd: string, files: ConfigurationFiles): Roots {
  const notes: string[] = []
  const paths: string[] = []
  const empty: string[] = []
  for (const name of names) {
    if (name === '') throw new CommandError('a path is empty: name a file or a folder')
    const path = resolve(cwd, name)
    if (!files.isFolder(path)) {
      paths.push(path)
      continue
    }
    const root = usualMain(path)
    if (root !== undefined) {
      notes.push(`${name} is a folder: reading ${displayPath(root, cwd)} and what it includes`)
      paths.push(root)
      continue
    }
    const { found, templates, closed } = configurationsIn(path)
    for (const folder of closed) notes.push(`${displayPath(folder, cwd)}: ${failureWords.unreadable}`)
    const meant = found.length > 0 ? found : templates
    if (meant.length === 0 && closed.includes(path)) throw new CommandError(`${name}: ${failureWords.unreadable}`)
    if (meant.length === 0) empty.push(`${name}: ${NO_CONFIGURATIONS}`)
    else if (found.length === 0) notes.push(`${name} is a folder without *.conf: reading ${listed(templates, cwd)}`)
    for (const file of meant) paths.push(file)
  }
  // Of /etc/nginx/* some folders may well be empty.
  if (paths.length === 0 && empty[0] !== undefined) throw new CommandError(empty[0])
  return { paths, notes: [...notes, ...empty] }
}

/** So many are named. */
const LISTED = 3

function listed(paths: readonly string[], cwd: string): string {
  const names = paths.slice(0, LISTED).map((path) => displayPath(path, cwd))
  const more = paths.length - names.length
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const NO_CONFIGURATIONS = 'a folder without configurations (no nginx.conf, no *.conf)'

/** Folders whose files are configurations whatever their names. */
const CONFIGURATION_FOLDERS: ReadonlySet<string> = new Set([
  'sites-available',
  'sites-enabled',
  'streams-available',
  'streams-enabled',
])
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git'])

/** What Ansible, Puppet, consul-template and others make a configuration of. */
const TEMPLATE = /\.conf\.(?:j2|jinja2?|erb|epp|tmpl|tpl|ctmpl|gotmpl|mustache|hbs)$/

interface InFolder {
  readonly found: readonly string[]
  /** They are looked at where there is nothing else: beside configurations lies what is made of them. */
  readonly templates: readonly string[]
  readonly closed: readonly string[]
}

function configurationsIn(folder: string): InFolder {
  const found: string[] = []
  const templates: string[] = []
  const closed: string[] = []
  const pending = [{ path: folder, isOfSites: CONFIGURATION_FOLDERS.has(folder.split('/').at(-1) ?? '') }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (isClosed(next.path)) closed.push(next.path)
    for (const entry of diskFiles.list(next.path)) {
      const path = join(next.path, entry)
      const kind = kindOf(path)
      if (kind === 'folder') {
        if (!SKIPPED_FOLDERS.has(entry)) pending.push({ path, isOfSites: CONFIGURATION_FOLDERS.has(entry) })
      } else if (kind === 'file' && (/\.conf(?:\.template)?$/.test(entry) || (next.isOfSites && !isBackup(entry))))
        found.push(path)
      else if (kind === 'file' && TEMPLATE.test(entry)) templates.push(path)
    }
  }
  return { found: found.sort(compareBytes), templates: templates.sort(compareBytes), closed }
}

function isClosed(folder: string): boolean {
  return diskFiles.isClosed?.(folder) ?? false
}

/** Links to folders are not followed: they may lead round in circles. */
function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const status = lstatSync(path)
    if (status.isDirectory()) return 'folder'
    return (status.isSymbolicLink() ? statSync(path) : status).isFile() ? 'file' : undefined
  } catch {
    return undefined
  }
}

/** Those of the configurations that no other of them includes. */
export function outermost<Wanted extends { readonly path: string; readonly load: LoadOptions }>(
  configurations: readonly Wanted[],
  files: ConfigurationFiles,
  reader: ConfigurationReader,
): Wanted[] {
  const byRealPath = new Map<string, Wanted>()
  for (const wanted of configurations) {
    const realPath = files.realPath(wanted.path)
    if (!byRealPath.has(realPath)) byRealPath.set(realPath, wanted)
  }
  if (byRealPath.size < 2) return [...byRealPath.values()]
  const included = new Set<string>()
  for (const [realPath, { path, load }] of byRealPath) {
    // In a circle of files that include each other, the first is the outermost.
    if (included.has(realPath)) continue
    const configuration = reader.load(path, load)
    if ('failure' in configuration) continue
    for (const file of configuration.files) if (file.realPath !== realPath) included.add(file.realPath)
  }
  return [...byRealPath].filter(([realPath]) => !included.has(realPath)).map(([, wanted]) => wanted)
}
