import type { Configuration } from './configuration.ts'
import type { ConfigurationFiles, ReadFailure } from './files.ts'
import { type LoadOptions, loadConfiguration } from './load.ts'

/** Reads each configuration once: to find out which files belong together, all are read that are linted then. */
export class ConfigurationReader {
  readonly #files: ConfigurationFiles
  readonly #known = new Map<string, ReturnType<typeof loadConfiguration>>()

  constructor(files: ConfigurationFiles) {
    this.#files = files
  }

  load(path: string, options: LoadOptions = {}): Configuration | { readonly failure: ReadFailure } {
    const key = keyOf(path, options)
    const known = this.#known.get(key) ?? loadConfiguration(path, this.#files, options)
    this.#known.set(key, known)
    return known
  }

  /** Forgets all others, which may be large. */
  keep(wanted: readonly { readonly path: string; readonly load: LoadOptions }[]): void {
    const keys = new Set(wanted.map(({ path, load }) => keyOf(path, load)))
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key)
  }
}

function keyOf(path: string, { prefix, mappings = [], ...others }: LoadOptions): string {
  return JSON.stringify([path, prefix, mappings, others])
}
