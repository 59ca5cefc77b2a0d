/** What leads to paths that begin alike, by a `rewrite` and its like. */
export interface Lead {
  readonly literal: string
  /** Whether some of them have a variable behind that. */
  hasMore: boolean
  /** Whether they all stand where only handshakes come. */
  isForHandshakes: boolean
}

/** What may lead a request on within a server, or from `http`. There may be thousands, and thousands who ask. */
export class Leads {
  readonly #byStart = new Map<string, Lead>()
  #sorted: readonly Lead[] | undefined

  add(target: string, isForHandshakes: boolean): void {
    const literal = target.replace(/[$?].*/s, '')
    const lead = this.#byStart.get(literal) ?? { literal, hasMore: false, isForHandshakes: true }
    lead.hasMore ||= target.includes('$')
    lead.isForHandshakes &&= isForHandshakes
    this.#byStart.set(literal, lead)
  }

  /** Those that lead to a path that begins with this one, or may. */
  to(path: string): Lead[] {
    const found: Lead[] = []
    for (let end = 0; end < path.length; end++) {
      const lead = this.#byStart.get(path.slice(0, end))
      if (lead?.hasMore) found.push(lead)
    }
    this.#sorted ??= [...this.#byStart.values()].sort((one, other) => (one.literal < other.literal ? -1 : 1))
    for (let at = firstFrom(this.#sorted, path); this.#sorted[at]?.literal.startsWith(path); at++)
      found.push(this.#sorted[at] as Lead)
    return found
  }
}

/** The index of the first that is not before a text. */
function firstFrom(sorted: readonly Lead[], text: string): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as Lead).literal < text) from = middle + 1
    else to = middle
  }
  return from
}
