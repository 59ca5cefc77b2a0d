import { readHeader } from '../diagnose/given-headers.ts'
import { parseSocketUrl, type SocketUrl } from '../diagnose/socket-url.ts'
import type { Header } from '../effective/index.ts'
import { CommandError } from './io.ts'
import type { LintArguments } from './lint-options.ts'

/** What was given to one of these commands, before it is checked. */
export interface Given {
  readonly words: readonly string[]
  /** Every value of an option. */
  all(name: string): readonly string[]
  /** The one that holds: the last. */
  last(name: string): string | undefined
  has(name: string): boolean
  /** Whether it was given as `--no-NAME`. */
  isOff(name: string): boolean
  /** What belongs to the reading of a configuration: the one at this path, or the one that is found. */
  lint(path: string | undefined): LintArguments
}

/** The URL that a command was given. */
export function givenUrl(text: string): SocketUrl {
  const url = parseSocketUrl(text)
  if ('problem' in url) throw new CommandError(url.problem)
  return url
}

/** The values of `--header`, one char per byte: what goes beyond ASCII is sent as UTF-8, as curl does. */
export function givenHeaders(texts: readonly string[]): Header[] {
  return texts.map((text) => {
    const header = readHeader(Buffer.from(text).toString('latin1'))
    if (!header) throw new CommandError(`--header: "${text}" is not "Name: value"`)
    return header
  })
}
