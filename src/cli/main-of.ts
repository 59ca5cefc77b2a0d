import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type ConfigurationFiles, ConfigurationReader, type LoadOptions, stockMainFor } from '../config/index.ts'
import type { SettingsFile } from '../lint/settings/read.ts'
import { CommandError } from './io.ts'
import { foldersOfProject, usualMains } from './usual-places.ts'

/** A block that stands in main configurations only. In a comment or a string it would stand behind something. */
const MAIN_BLOCK = /^[ \t]*(?:http|events|stream|mail)\s*\{/m
/** A file beside the fragment that is no nginx.conf by name is read to see whether it is one, up to so many of them. */
const STRANGERS_LIMIT = 50
/** `project/docker/templates`. */
const FOLDERS_OF_A_PROJECT = 3

/** What a file is a part of. */
export interface Main {
  readonly path: string
  /** How to read it so that the file is in it. */
  readonly load: LoadOptions
}

/** Finds the main configurations that include files: `nginx.conf` for `conf.d/site.conf`. */
export class MainFinder {
  readonly #files: ConfigurationFiles
  readonly #reader: ConfigurationReader
  readonly #included = new Map<string, ReadonlySet<string>>()
  readonly #candidates = new Map<string, readonly string[]>()

  constructor(files: ConfigurationFiles, reader = new ConfigurationReader(files)) {
    this.#files = files
    this.#reader = reader
  }

  /** Whether a file is a main configuration itself. */
  isMain(path: string): boolean {
    const content = this.#reader.peek(path)
    return 'text' in content && MAIN_BLOCK.test(content.text)
  }

  /**
   * The main configuration that a file is a part of: the one that includes it, or that would if the site were enabled;
   * for a template of a project without any, that of the image which renders it.
   */
  mainOf(path: string, settings: SettingsFile | undefined, load: LoadOptions): Main | undefined {
    const main = this.#including(path, settings, load)
    return main === undefined ? (this.#enabling(path, settings, load) ?? this.#stock(path, load)) : { path: main, load }
  }

  #enabling(path: string, settings: SettingsFile | undefined, load: LoadOptions): Main | undefined {
    const folder = dirname(path)
    if (!folder.endsWith('-available') && stockMainFor(path) === undefined) return undefined
    // All at once, so that one look answers for all sites of a folder.
    const sites = [...new Set([...this.#files.list(folder).map((name) => join(folder, name)), path])]
    const main = this.#including(path, settings, { ...load, sites })
    return main === undefined ? undefined : { path: main, load: { ...load, sites: [path] } }
  }

  #stock(path: string, load: LoadOptions): Main | undefined {
    const main = stockMainFor(path)
    if (main === undefined) return undefined
    const folders = [...foldersOfProject(dirname(path))]
    // Where no repository ends the project, what lies far above is none of it.
    const isRepository = existsSync(join(folders.at(-1) as string, '.git'))
    const own = isRepository ? folders : folders.slice(0, FOLDERS_OF_A_PROJECT)
    if (own.some((folder) => this.#candidatesIn(folder).length > 0)) return undefined
    const stock = { ...load, isStock: true }
    return this.#includedBy(main, stock).has(this.#files.realPath(path)) ? { path: main, load: stock } : undefined
  }

  /** One that the settings name, else the nearest above the file or in the usual places there. */
  #including(path: string, settings: SettingsFile | undefined, load: LoadOptions): string | undefined {
    const realPath = this.#files.realPath(path)
    for (const main of namedMains(settings)) {
      if ('failure' in this.#files.read(main))
        throw new CommandError(`${settings?.name}:${settings?.lineOf('root')}: "root": there is no file ${main}`)
      if (this.#includedBy(main, load).has(realPath)) return main
    }
    for (const folder of foldersOfProject(dirname(path))) {
      const found = this.#candidatesIn(folder).find((main) => this.#includedBy(main, load).has(realPath))
      if (found !== undefined) return found
    }
    return undefined
  }

  #candidatesIn(folder: string): readonly string[] {
    let found = this.#candidates.get(folder)
    if (!found) {
      const strangers = this.#files
        .list(folder)
        .filter((name) => name.endsWith('.conf'))
        .slice(0, STRANGERS_LIMIT)
        .map((name) => join(folder, name))
      found = [...new Set([...usualMains(folder), ...strangers])].filter((path) => this.isMain(path))
      this.#candidates.set(folder, found)
    }
    return found
  }

  #includedBy(main: string, load: LoadOptions): ReadonlySet<string> {
    const key = JSON.stringify([main, load])
    let found = this.#included.get(key)
    if (!found) {
      const configuration = this.#reader.load(main, load)
      found = new Set('failure' in configuration ? [] : configuration.files.map(({ realPath }) => realPath))
      this.#included.set(key, found)
    }
    return found
  }
}

/** The main configurations that the settings name. */
export function namedMains(settings: SettingsFile | undefined): string[] {
  return (settings?.settings.root ?? []).map((root) => resolve(dirname(settings?.path ?? ''), root))
}
