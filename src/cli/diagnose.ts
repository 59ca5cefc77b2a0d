import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DiagnoseCommand } from './diagnose-options.ts'
import { withGuardedOutput } from './github-log.ts'
import type { Given } from './given.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'

/** `ngxlint trace`, `ngxlint probe` and `ngxlint snippet`. Each is read in only when it is asked for. */
export async function diagnose(name: DiagnoseCommand, given: Given, io: Io): Promise<ExitCode> {
  switch (name) {
    case 'trace': {
      const [url, conf] = wordsOf(name, given, 1, 2)
      refuseFileFirst(url, conf, io)
      const { trace } = await import('./trace.ts')
      const { all, last, has } = given
      return trace(
        { url, method: last('method'), header: all('header'), json: has('json'), lint: given.lint(conf) },
        withGuardedOutput(io, has('json')),
      )
    }
    case 'probe': {
      const [url] = wordsOf(name, given, 1, 1)
      const { probe } = await import('./probe.ts')
      return probe(url, given, withGuardedOutput(io, given.has('json')))
    }
    case 'snippet': {
      const [path, backend] = wordsOf(name, given, 0, 2)
      const { snippet } = await import('./snippet.ts')
      return snippet(path, backend, given, io)
    }
  }
}

/** `nginx.conf` would be a host's name. */
function refuseFileFirst(word: string, next: string | undefined, io: Io): void {
  if (word.includes('://') || !existsSync(resolve(io.cwd, word))) return
  const url = next?.includes('://') ? next : 'wss://example.com/socket'
  throw new CommandError(`trace: the URL comes first, as in "ngxlint trace ${url} ${word}"`)
}

function wordsOf(name: DiagnoseCommand, { words }: Given, least: number, most: number): [string, ...string[]] {
  if (words.length < least)
    throw new CommandError(`${name}: name a URL, as in "ngxlint ${name} wss://example.com/socket"`)
  if (words.length > most)
    throw new CommandError(`${name}: "${words[most]}" is one word too many (see ngxlint ${name} --help)`)
  return words as unknown as [string, ...string[]]
}
