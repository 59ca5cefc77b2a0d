import { readHeader } from '../diagnose/given-headers.ts'
import { parseSocketUrl, type SocketUrl } from '../diagnose/socket-url.ts'
import type { Header } from '../effective/index.ts'
import { CommandError } from './io.ts'

/** The URL that a command was given. */
export function givenUrl(text: string): SocketUrl {
  const url = parseSocketUrl(text)
  if ('problem' in url) throw new CommandError(url.problem)
  return url
}

/** The values of `--header`. */
export function givenHeaders(texts: readonly string[]): Header[] {
  return texts.map((text) => {
    const header = readHeader(text)
    if (!header) throw new CommandError(`--header: "${text}" is not "Name: value"`)
    return header
  })
}
