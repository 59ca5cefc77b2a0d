import { dirname, resolve } from 'node:path'
import { rules } from '../../rules/index.ts'
import type { ConfigurationFiles } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import { findSettings } from '../lint/settings/find.ts'
import { readSettings, type SettingsFile } from '../lint/settings/read.ts'
import { displayPath } from '../report/paths.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { failureWords } from './failure-words.ts'
import { CommandError } from './io.ts'
import { isPlanted, isThere } from './trust.ts'

/** The settings that hold for files: those of `--config`, none with `--no-config`, else those found upwards. */
export class SettingsFinder {
  readonly #found = new Map<string, string | undefined>()
  readonly #read = new Map<string, Promise<SettingsFile>>()
  readonly #cwd: string
  readonly #config: string | false | undefined
  readonly #planted = new Set<string>()

  /** @param config the file that `--config` names; false for `--no-config` */
  constructor(cwd: string, config: string | false | undefined) {
    this.#cwd = cwd
    this.#config = config
  }

  /** The settings for a file, given by its absolute path. */
  async for(path: string): Promise<SettingsFile | undefined> {
    return this.in(dirname(path))
  }

  /** The settings for what stands in a folder. */
  async in(folder: string): Promise<SettingsFile | undefined> {
    if (this.#config === false) return undefined
    const named = this.#config === undefined ? undefined : resolve(this.#cwd, this.#config)
    const path = named ?? findSettings(folder, this.#believed, this.#found)
    if (path === undefined) return undefined
    let settings = this.#read.get(path)
    if (!settings) {
      settings = this.#readFile(path)
      this.#read.set(path, settings)
    }
    return settings
  }

  /** What was found and is not used, for people. */
  get notes(): string[] {
    return [...this.#planted].map(
      (path) =>
        `${displayPath(path, this.#cwd)} is not used: it belongs to another user, in a folder that all may write to (--config names it)`,
    )
  }

  /** Somebody else's file in /tmp says nothing about what is linted below. */
  readonly #believed: ConfigurationFiles = {
    ...diskFiles,
    read: (path) => {
      if (isPlanted(path)) {
        this.#planted.add(path)
        return { failure: 'unreadable' }
      }
      const content = diskFiles.read(path)
      // What it turns off would be reported, as if it were not there.
      if ('failure' in content && content.failure !== 'missing' && isThere(path))
        throw new CommandError(
          `${displayPath(path, this.#cwd)}: ${failureWords[content.failure]}; --no-config goes without it`,
        )
      return content
    },
  }

  async #readFile(path: string): Promise<SettingsFile> {
    const name = displayPath(path, this.#cwd)
    const content = diskFiles.read(path)
    if ('failure' in content) throw new CommandError(`--config: ${name}: ${failureWords[content.failure]}`)
    return readSettings(path, decodeForDisplay(content.text), withBuiltIn(rules), name, async (plugin) => {
      const { loadPlugin } = await import('./plugins.ts')
      return loadPlugin(plugin, path)
    })
  }
}
