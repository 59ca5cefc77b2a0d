import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stockMainFor } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'

/** Where an nginx.conf stands below a project, or the root of a copied tree. */
const USUAL_FOLDERS = [
  '',
  'conf',
  'etc/nginx',
  'nginx',
  'nginx/conf',
  'docker/nginx',
  'docker',
  'config/nginx',
  'deploy/nginx',
]
const NAMES = ['nginx.conf']
/** What makes an nginx.conf may have its includes in plain sight. */
const TEMPLATES = ['nginx.conf.template', 'nginx.conf.j2', 'nginx.conf.erb', 'nginx.conf.tmpl']

/** The main configuration that stands in a folder or in one of the usual places below it. */
export function usualMain(folder: string): string | undefined {
  return placesIn(folder, NAMES).find(isFile)
}

/** Templates of which the image of nginx makes what its own nginx.conf includes, in such a place. */
export function usualTemplates(folder: string): string[] {
  for (const place of USUAL_FOLDERS) {
    const templates = join(folder, place, 'templates')
    const found = diskFiles
      .list(templates)
      .map((name) => join(templates, name))
      .filter((path) => stockMainFor(path) !== undefined && isFile(path))
    if (found.length > 0) return found
  }
  return []
}

/** All that may be one. */
export function usualMains(folder: string): string[] {
  return placesIn(folder, [...NAMES, ...TEMPLATES]).filter(isFile)
}

function placesIn(folder: string, names: readonly string[]): string[] {
  return USUAL_FOLDERS.flatMap((place) => names.map((name) => join(folder, place, name)))
}

/** The folder and those above it, innermost first. */
export function* foldersFrom(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at
    if (at === dirname(at)) return
  }
}

/** The same, up to the root of the repository: what is above is of another project. */
export function* foldersOfProject(folder: string): Generator<string> {
  for (const at of foldersFrom(folder)) {
    yield at
    if (existsSync(join(at, '.git'))) return
  }
}

export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
