/** What PCRE refuses of a regular expression. */
export interface RegexFault {
  readonly kind: 'unclosed group' | 'unclosed class' | 'unopened group' | 'nothing to repeat' | 'ends in a backslash'
  /** The char that it is about. */
  readonly at: number
}

/**
 * The first fault of a regular expression that every PCRE refuses it for, the old one and PCRE2. Undefined where it has none of
 * these, and where it has what takes more to be read: `\Q`, `(?x)`, conditions, verbs.
 */
export function regexFault(pattern: string): RegexFault | undefined {
  return new Reader(pattern).read()
}

/** What begins a group behind `(?`: a name, an assertion, options without `x`. */
const OPENING = /\?(?:P?<\w+>|'\w+'|<?[=!]|[>|]|[imsJUn^-]*:)/y
/** What stands for an item by itself: recursion, a reference by name, options. */
const WHOLE = /\(\?(?:R|[+-]?\d+|&\w+|P[>=]\w+|[imsJUn^-]+)\)/y
const COMMENT = /\(\?#[^)]*\)/y
const NAMED_CLASS = /\[:\^?[a-z]+:\]/y
const QUANTIFIER = /[*+?]|\{\d+(?:,\d*)?\}/y
/** Newer versions of PCRE2 take it for a quantifier, older ones for text. */
const DOUBTFUL_QUANTIFIER = /\{[\s\d,]*\}/y
const BRACED = /\\[xopPgkNuU]\{[^}]*\}/y
/** They match between chars, and may not be repeated. */
const ANCHORS = 'bAGKZ'

/** What takes more to be read: it ends the reading. */
const BEYOND = 'beyond'

class Reader {
  readonly #pattern: string
  #at = 0
  readonly #open: number[] = []
  /** Whether a quantifier may follow. */
  #isItem = false

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  read(): RegexFault | undefined {
    while (this.#at < this.#pattern.length) {
      const fault = this.#next()
      if (fault !== undefined) return fault === BEYOND ? undefined : fault
    }
    const last = this.#open.at(-1)
    return last === undefined ? undefined : { kind: 'unclosed group', at: last }
  }

  #next(): RegexFault | typeof BEYOND | undefined {
    const start = this.#at
    const char = this.#pattern[start] as string
    if (char === '\\') return this.#escape()
    if (char === '[') return this.#class()
    if (char === '(') return this.#group()
    if (this.#take(QUANTIFIER)) {
      if (!this.#isItem) return { kind: 'nothing to repeat', at: start }
      this.#take(/[+?]/y)
      this.#isItem = false
      return undefined
    }
    if (this.#take(DOUBTFUL_QUANTIFIER)) {
      this.#isItem = true
      return undefined
    }
    this.#at++
    this.#isItem = char !== '|' && char !== '^' && char !== '$'
    if (char !== ')') return undefined
    return this.#open.pop() === undefined ? { kind: 'unopened group', at: start } : undefined
  }

  #escape(): RegexFault | typeof BEYOND | undefined {
    const char = this.#pattern[this.#at + 1]
    if (char === undefined) return { kind: 'ends in a backslash', at: this.#at }
    if (char === 'Q' || char === 'E' || char === 'c') return BEYOND
    this.#isItem = !ANCHORS.includes(char)
    if (this.#take(BRACED)) return undefined
    this.#at += 2
    const next = this.#pattern[this.#at] ?? ''
    if (char === 'x') return /[\da-f]/i.test(next) ? undefined : BEYOND
    return next === '{' && 'opPgkNuU'.includes(char) ? BEYOND : undefined
  }

  /** A `]` that stands first is one of its chars. */
  #class(): RegexFault | typeof BEYOND | undefined {
    const start = this.#at
    this.#take(/\[\^?\]?/y)
    for (; this.#at < this.#pattern.length; this.#at++) {
      const char = this.#pattern[this.#at]
      if (char === ']') {
        this.#at++
        this.#isItem = true
        return undefined
      }
      if (char === '\\') {
        const escaped = this.#pattern[++this.#at]
        if (escaped === undefined) return { kind: 'ends in a backslash', at: this.#at - 1 }
        if ('QEcxo'.includes(escaped)) return BEYOND
      } else if (char === '[' && /[:.=]/.test(this.#pattern[this.#at + 1] ?? '')) {
        if (!this.#take(NAMED_CLASS)) return BEYOND
        this.#at--
      }
    }
    return { kind: 'unclosed class', at: start }
  }

  #group(): typeof BEYOND | undefined {
    if (this.#take(COMMENT)) return undefined
    if (this.#take(WHOLE)) {
      this.#isItem = true
      return undefined
    }
    const start = this.#at++
    const next = this.#pattern[this.#at]
    if (next === '*' && /[A-Za-z:]/.test(this.#pattern[this.#at + 1] ?? '')) return BEYOND
    if (next === '?' && !this.#take(OPENING)) return BEYOND
    this.#open.push(start)
    this.#isItem = false
    return undefined
  }

  /** Takes what stands here, if it is that. */
  #take(what: RegExp): boolean {
    what.lastIndex = this.#at
    const found = what.exec(this.#pattern)
    if (found) this.#at += found[0].length
    return found !== null
  }
}
