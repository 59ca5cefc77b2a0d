import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { loadConfiguration, stockMainFor } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { parseVersion } from '../nginx/version.ts'
import { MainFinder } from './main-of.ts'

/** What `init` finds in a folder. */
export interface Project {
  readonly folder: string
  /** Main configurations, from the folder. */
  readonly mains: readonly string[]
  /** Where there are none: templates that the image of nginx renders. */
  readonly templates: readonly string[]
  /** Absolute paths of the image, and the folders that are copied or mounted there. */
  readonly pathMap: Readonly<Record<string, string>>
  /** Of the image. */
  readonly nginxVersion: string | undefined
  readonly isGit: boolean
  /** Whether ngxlint is among what the project installs. */
  readonly isInstalled: boolean
  readonly ci: readonly ('github' | 'gitlab')[]
  readonly notes: readonly string[]
}

/** As deep as a project keeps its nginx.conf; and no more of them than a person would name. */
const DEPTH = 5
const ENTRIES = 20_000
const SKIPPED = new Set(['node_modules', '.git', 'vendor', 'dist', 'build', 'target', '.venv', 'venv'])

export function lookAround(folder: string): Project {
  const files = filesBelow(folder)
  const finder = new MainFinder(diskFiles)
  const isMain = (path: string) => /(?:^|\.)conf$|nginx\.conf\./.test(basename(path)) && finder.isMain(path)
  const found = files.filter(isMain)
  // Beside an nginx.conf, other files with an http block are examples and tests.
  const named = found.filter((path) => basename(path).startsWith('nginx.conf'))
  const mains = (named.length > 0 ? named : found).map((path) => relative(folder, path))
  const templates = mains.length > 0 ? [] : files.filter(stockMainFor).map((path) => relative(folder, path))
  const docker = files.filter((path) =>
    /^(?:.*\.)?Dockerfile(?:\..*)?$|^(?:docker-)?compose.*\.ya?ml$/i.test(basename(path)),
  )
  const image = docker.map(textOf).join('\n')
  const pathMap = needsMap(mains, folder) ? mapOf(image, folder) : {}
  const nginxVersion = versionOf(image)
  const ci = hostsOf(folder)
  return {
    folder,
    mains,
    templates,
    pathMap,
    nginxVersion,
    isGit: existsSync(join(folder, '.git')),
    isInstalled: isInstalledIn(folder),
    ci,
    notes: [
      mains.length > 0 ? `found ${mains.join(', ')}` : noMain(templates),
      ...(docker.length > 0 ? [`found ${docker.map((path) => relative(folder, path)).join(', ')}`] : []),
    ],
  }
}

function noMain(templates: readonly string[]): string {
  return templates.length > 0
    ? `found ${templates.join(', ')}: read with the nginx.conf of the nginx image, which renders it`
    : 'found no nginx.conf: fragments are linted for themselves, and a CI step has to name them'
}

function filesBelow(folder: string): string[] {
  const found: string[] = []
  const pending = [{ path: folder, depth: 0 }]
  for (let next = pending.shift(); next && found.length < ENTRIES; next = pending.shift()) {
    for (const name of diskFiles.list(next.path)) {
      const path = join(next.path, name)
      const status = lstatSync(path, { throwIfNoEntry: false })
      if (status?.isFile()) found.push(path)
      else if (status?.isDirectory() && next.depth < DEPTH && !SKIPPED.has(name))
        pending.push({ path, depth: next.depth + 1 })
    }
  }
  return found
}

/** Text of a small file; empty for one that can't be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Whether what a main configuration includes is elsewhere: an include leads to nothing here, or none leads to anything. */
function needsMap(mains: readonly string[], folder: string): boolean {
  return mains.some((main) => {
    const configuration = loadConfiguration(join(folder, main), diskFiles)
    return !('failure' in configuration) && (configuration.unresolved.length > 0 || configuration.files.length === 1)
  })
}

/** `COPY conf.d /etc/nginx/conf.d` of a Dockerfile, `./conf.d:/etc/nginx/conf.d:ro` of a compose file. */
const COPIED =
  /^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*(\S+)\s+(\/\S*nginx\S*)\s*$|^\s*-\s*["']?(\.[^:\s"']*):(\/[^:\s"']*nginx[^:\s"']*)/gim

function mapOf(text: string, folder: string): Record<string, string> {
  const map: Record<string, string> = {}
  for (const [, copied, to = '', mounted, at = ''] of text.matchAll(COPIED)) {
    const from = (copied ?? mounted ?? '').replace(/^\.\//, '').replace(/\/$/, '')
    const target = (to || at).replace(/\/$/, '')
    if (from !== '' && diskFiles.isFolder(join(folder, from))) map[target] = from
  }
  return map
}

/** The first version that an image names: `nginx:1.25.3-alpine`. */
function versionOf(text: string): string | undefined {
  const found = [...text.matchAll(/\bnginx(?:-unprivileged)?:(\d+\.\d+(?:\.\d+)?)/g)].map(
    ([, version]) => version as string,
  )
  return found.find((version) => parseVersion(version) !== undefined)
}

function isInstalledIn(folder: string): boolean {
  return (
    existsSync(join(folder, 'node_modules/ngxlint/package.json')) ||
    /"ngxlint"\s*:/.test(textOf(join(folder, 'package.json')))
  )
}

function hostsOf(folder: string): Project['ci'] {
  const remote = /^\s*url\s*=\s*(.+)$/m.exec(textOf(join(folder, '.git/config')))?.[1] ?? ''
  return [
    ...(existsSync(join(folder, '.github')) || /github\.com/.test(remote) ? (['github'] as const) : []),
    ...(existsSync(join(folder, '.gitlab-ci.yml')) || /gitlab/.test(remote) ? (['gitlab'] as const) : []),
  ]
}
