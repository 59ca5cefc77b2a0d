import { randomBytes } from 'node:crypto'
import { showBytes } from '../report/sanitize.ts'
import type { Io } from './io.ts'

/**
 * Prints bytes that files hold: as they are, for programs and files; so that they can't steer it, on a terminal.
 * @param text one char per byte
 */
export function printBytes(io: Io, text: string): void {
  if (!io.isTerminal) io.out(Buffer.from(text, 'latin1'))
  else if (text !== '') io.out(text.split('\n').map(showLine).join('\n'))
}

function showLine(line: string): string {
  return line.split('\t').map(showBytes).join('\t')
}

/**
 * Prints a patch. In a step of GitHub's, where its lines might be taken for commands, they are switched off around it:
 * `patch` and `git apply` overread such lines.
 */
export function printPatch(io: Io, text: string): void {
  if (io.env.GITHUB_ACTIONS !== 'true' || text === '') {
    printBytes(io, text)
    return
  }
  const token = randomBytes(16).toString('hex')
  printBytes(io, `::stop-commands::${token}\n${text}::${token}::\n`)
}
