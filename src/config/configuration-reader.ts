import type { Configuration } from './configuration.ts'
import type { ConfigurationFiles, ReadFailure } from './files.ts'
import { type LoadOptions, loadConfiguration } from './load.ts'

/** Reads each configuration once: to find out which files belong together, all are read that are linted then. */
export class ConfigurationReader {
  readonly #files: ConfigurationFiles
  readonly #known = new Map<string, ReturnType<typeof loadConfiguration>>()
  #peeked: { readonly path: string; readonly content: ReturnType<ConfigurationFiles['read']> } | undefined

  constructor(files: ConfigurationFiles) {
    this.#files = {
      ...files,
      read: (path) => (path === this.#peeked?.path ? this.#peeked.content : files.read(path)),
    }
  }

  /** What a file holds. It is kept until the next one is asked for, or loaded: who looks at a large file loads it then. */
  peek(path: string): ReturnType<ConfigurationFiles['read']> {
    const content = this.#files.read(path)
    this.#peeked = { path, content }
    return content
  }

  load(path: string, options: LoadOptions = {}): Configuration | { readonly failure: ReadFailure } {
    const key = keyOf(path, options)
    const known = this.#known.get(key) ?? loadConfiguration(path, this.#files, options)
    this.#known.set(key, known)
    this.#peeked = undefined
    return known
  }

  /** Forgets all, as the files have changed since. */
  forget(): void {
    this.#known.clear()
    this.#peeked = undefined
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
