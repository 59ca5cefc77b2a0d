import { sanitize } from '../report/sanitize.ts'
import type { Io } from './io.ts'

/** Nobody needs to be told of what is over in a moment. */
const PATIENCE_MS = 1000
const INTERVAL_MS = 100
/** Some terminals say that they have no columns. */
const DEFAULT_WIDTH = 80

/** One line on the terminal that says what goes on in a long run. Everything else that is printed takes its place. */
export class Progress {
  readonly #io: Io
  #shownAt = Number.NEGATIVE_INFINITY
  #isShown = false

  constructor(io: Io) {
    this.#io = io
  }

  say(text: () => string): void {
    const { isErrorTerminal, env, elapsed, columns } = this.#io
    if (!isErrorTerminal || env.TERM === 'dumb' || env.CI) return
    const now = elapsed()
    if (now < PATIENCE_MS || now - this.#shownAt < INTERVAL_MS) return
    this.#shownAt = now
    this.#isShown = true
    this.#io.err(`\r${sanitize(text()).slice(0, (columns || DEFAULT_WIDTH) - 1)}${ERASE_REST}`)
  }

  clear(): void {
    if (!this.#isShown) return
    this.#isShown = false
    this.#io.err(`\r${ERASE_REST}`)
  }
}

const ERASE_REST = '\x1b[K'
