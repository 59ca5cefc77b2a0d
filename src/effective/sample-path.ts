import { patternOf } from './pattern.ts'

/** Longer ones are no paths that anybody wrote down for one endpoint. */
const LONGEST = 200

/**
 * Paths that a regex of plain parts matches: one with all that it may leave out, and one without. `/api/v0/users/websocket` and `/api/v0/websocket` of
 * `/api/v[0-9]+/(users/)?websocket$`. Empty where it has parts that are not understood.
 */
export function samplePaths(regex: string, ignoreCase: boolean): string[] {
  if (regex.length > LONGEST) return []
  const samples = [true, false].flatMap((takesAll) => new Sampler(regex, takesAll).path() ?? [])
  const pattern = patternOf(regex, ignoreCase)
  return [...new Set(samples)].filter((path) => path.startsWith('/') && pattern.match(path))
}

class Sampler {
  #at = 0

  constructor(
    readonly regex: string,
    readonly takesAll: boolean,
  ) {}

  /** undefined where a part is not understood. */
  path(): string | undefined {
    const text = this.#alternatives()
    return this.#at === this.regex.length ? text : undefined
  }

  /** Up to the end, or to the parenthesis that closes; the first one is taken. */
  #alternatives(): string | undefined {
    const first = this.#sequence()
    while (first !== undefined && this.regex[this.#at] === '|') {
      this.#at++
      if (this.#sequence() === undefined) return undefined
    }
    return first
  }

  #sequence(): string | undefined {
    let text = ''
    while (this.#at < this.regex.length && !'|)'.includes(this.regex[this.#at] as string)) {
      const part = this.#part()
      if (part === undefined) return undefined
      const [quantifier] = /^(?:[?*+]|\{\d+(?:,\d*)?\})[?+]?/.exec(this.regex.slice(this.#at)) ?? ['']
      this.#at += quantifier.length
      const isOptional = /^[?*]|^\{0/.test(quantifier)
      const least = /^\{(\d+)/.exec(quantifier)?.[1]
      text += isOptional ? (this.takesAll ? part : '') : part.repeat(Math.min(Number(least ?? 1), LONGEST))
      if (text.length > LONGEST) return undefined
    }
    return text
  }

  #part(): string | undefined {
    const rest = this.regex.slice(this.#at)
    const [simple] = /^(?:\\[dw./_-]|\\?[^\\()[\]{}?*+|^$.]|[.^$])/.exec(rest) ?? []
    if (simple !== undefined && !/^\\[a-ce-vx-zA-Z0-9]/.test(simple)) {
      this.#at += simple.length
      if (simple === '^' || simple === '$') return ''
      return simple === '.' ? 'x' : simple === '\\d' ? '0' : simple === '\\w' ? 'x' : simple.replace('\\', '')
    }
    const [set, negated, first] = /^\[(\^?)(\\?[^\]])[^\]]*\]/.exec(rest) ?? []
    if (set !== undefined) {
      this.#at += set.length
      const one = first?.startsWith('\\') ? ({ '\\d': '0', '\\w': 'x' }[first] ?? first.slice(1)) : first
      return negated ? 'x' : one
    }
    const [open] = /^\((?:\?:|\?P?<\w+>)?(?!\?)/.exec(rest) ?? []
    if (open === undefined) return undefined
    this.#at += open.length
    const inner = this.#alternatives()
    if (inner === undefined || this.regex[this.#at] !== ')') return undefined
    this.#at++
    return inner
  }
}
