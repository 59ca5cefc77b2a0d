/** The world as a command sees it, so that tests can hand in another. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal, and how wide that is. */
  readonly isTerminal: boolean
  readonly columns: number | undefined
  /** Whether standard error is a terminal. */
  readonly isErrorTerminal: boolean
  /** Milliseconds since the process started. */
  elapsed(): number
  /** Bytes, or text that is written as UTF-8. */
  out(text: string | Uint8Array): void
  err(text: string): void
  /** All of standard input, one char per byte. */
  readInput(): Promise<string>
}

/** 0: nothing is left that counts. 1: problems are left. 2: ngxlint could not do its work. */
export type ExitCode = 0 | 1 | 2

/** Something that keeps ngxlint from its work; the message is one line for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
