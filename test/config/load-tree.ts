/** Configurations held in memory, and what is seen of them, for tables of examples. */
import {
  type Configuration,
  type ConfigurationFiles,
  type Directive,
  includeChain,
  type LoadOptions,
  loadConfiguration,
  memoryFiles,
} from '../../src/config/index.ts'

/** Texts by path: absolute, or below /etc/nginx. */
export type Texts = Readonly<Record<string, string>>

export function inMemory(texts: Texts): ConfigurationFiles {
  return memoryFiles(Object.fromEntries(Object.entries(texts).map(([path, text]) => [absolute(path), text])))
}

/** The main file is the first one, unless it is named. */
export function load(texts: Texts, options: LoadOptions & { readonly main?: string } = {}): Configuration {
  return loadFrom(inMemory(texts), absolute(options.main ?? (Object.keys(texts)[0] as string)), options)
}

export function loadFrom(files: ConfigurationFiles, main: string, options: LoadOptions = {}): Configuration {
  const configuration = loadConfiguration(main, files, options)
  if ('failure' in configuration) throw new Error(`${main}: ${configuration.failure}`)
  return configuration
}

/** The names of the files in the order in which they were opened, those below /etc/nginx without it. */
export function fileNames({ files }: Configuration): string[] {
  return files.map(({ path }) => short(path))
}

/** What was left unresolved: `path: reason`. */
export function troubles({ unresolved }: Configuration): string[] {
  return unresolved.map((include) => `${short(include.unresolved?.path ?? '')}: ${include.unresolved?.reason}`)
}

/** The expanded configuration as one line: `http { include a; gzip on; }`. */
export function expanded({ directives }: Configuration): string {
  return oneLine(directives)
}

/** A directive's place: `nginx.conf > conf.d/a.conf > snippets/b.conf`. */
export function placeOf(directive: Directive): string {
  return [...includeChain(directive), directive].map(({ file }) => short(file.path)).join(' > ')
}

function oneLine(directives: readonly Directive[]): string {
  return directives
    .map(({ statement, children }) => {
      const head = statement.words.map(({ raw }) => raw).join(' ')
      return children ? `${head} { ${oneLine(children)} }`.replace('{  }', '{ }') : `${head};`
    })
    .join(' ')
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/etc/nginx/${path}`
}

function short(path: string): string {
  return path.replace(/^\/etc\/nginx\//, '')
}
