/** Adds up the time that stages take. While one stands within another, the outer one's time stands still. */
export class Stopwatch {
  readonly #totals = new Map<string, number>()
  readonly #open: string[] = []
  #since = 0

  constructor(readonly now: () => number) {}

  /** Work that is a promise ends when that is settled; nothing else may be measured beside it. */
  measure<T>(stage: string, work: () => T): T {
    this.#settle()
    if (!this.#totals.has(stage)) this.#totals.set(stage, 0)
    this.#open.push(stage)
    let isPending = false
    try {
      const result = work()
      isPending = result instanceof Promise
      return result instanceof Promise ? (result.finally(() => this.#close()) as T) : result
    } finally {
      if (!isPending) this.#close()
    }
  }

  get stages(): { readonly name: string; readonly milliseconds: number }[] {
    return [...this.#totals].map(([name, milliseconds]) => ({ name, milliseconds }))
  }

  #close(): void {
    this.#settle()
    this.#open.pop()
  }

  /** What went by since the last change belongs to the innermost stage. */
  #settle(): void {
    const now = this.now()
    const stage = this.#open.at(-1)
    if (stage !== undefined) this.#totals.set(stage, (this.#totals.get(stage) ?? 0) + now - this.#since)
    this.#since = now
  }
}
