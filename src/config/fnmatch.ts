import { encodeFromDisplay } from '../syntax/index.ts'

/**
 * A test for the names of one folder: fnmatch(3) with FNM_PERIOD in the C locale, which is how glob(3) asks it for
 * nginx. A char is a byte there: `?` matches half of an `ü`.
 * @param pattern one segment of a glob, as ordinary text
 */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const bytes = encodeFromDisplay(pattern)
  const steps = compile(bytes)
  if (!steps) return () => false
  // A leading dot is matched by a dot that is written out, not by `*`, `?` or a bracket.
  const takesDot = /^\\?\./.test(bytes)
  return (name) => (takesDot || !name.startsWith('.')) && matches(steps, encodeFromDisplay(name))
}

/** Whether a segment has one of `*?[` that no backslash takes the meaning from. */
export function hasMagic(segment: string): boolean {
  return /^(?:[^*?[\\]|\\.)*[*?[]/s.test(segment)
}

/** The name that a segment without magic stands for. */
export function unescapeGlob(segment: string): string {
  return segment.replace(/\\(.)/gs, '$1')
}

/** A glob that matches this path and no other. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[\\]/g, '\\$&')
}

/** One byte that is wanted, or a `*`. */
type Step = '*' | ((byte: string) => boolean)

/** Undefined for what matches nothing: a backslash at the end, a class that doesn't exist. */
function compile(pattern: string): Step[] | undefined {
  const steps: Step[] = []
  for (let at = 0; at < pattern.length; at++) {
    const byte = pattern[at] as string
    if (byte === '*') steps.push('*')
    else if (byte === '?') steps.push(() => true)
    else if (byte === '[') {
      const bracket = readBracket(pattern, at)
      if (bracket === 'unknown class') return undefined
      // A bracket that never ends is a byte like others.
      if (bracket === 'not closed') steps.push((other) => other === '[')
      else {
        steps.push(bracket.test)
        at = bracket.last
      }
    } else {
      if (byte === '\\' && at + 1 === pattern.length) return undefined
      const literal = byte === '\\' ? (pattern[++at] as string) : byte
      steps.push((other) => other === literal)
    }
  }
  return steps
}

interface Bracket {
  readonly test: (byte: string) => boolean
  /** Index of its `]`. */
  readonly last: number
}

/** The classes of the C locale. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what the class is
  cntrl: /[\0-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t-\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
}

/** `[abc]`, `[!a-z]`, `[]a]`, `[[:digit:]_]`, from its `[`. */
function readBracket(pattern: string, open: number): Bracket | 'not closed' | 'unknown class' {
  const isNegated = pattern[open + 1] === '!' || pattern[open + 1] === '^'
  const first = open + (isNegated ? 2 : 1)
  const tests: ((byte: string) => boolean)[] = []
  for (let at = first; at < pattern.length; ) {
    if (pattern[at] === ']' && at > first)
      return { test: (byte) => tests.some((test) => test(byte)) !== isNegated, last: at }
    const className = /^\[:([a-z]*):\]/.exec(pattern.slice(at, at + 12))
    if (className) {
      const bytes = CLASSES[className[1] as string]
      if (!bytes) return 'unknown class'
      tests.push((byte) => bytes.test(byte))
      at += className[0].length
      continue
    }
    const low = readMember(pattern, at)
    if (!low) return 'unknown class'
    const hasEnd = pattern[low.next] === '-' && pattern[low.next + 1] !== ']' && low.next + 1 < pattern.length
    const high = hasEnd ? readMember(pattern, low.next + 1) : low
    if (!high) return 'unknown class'
    tests.push((byte) => low.byte <= byte && byte <= high.byte)
    at = high.next
  }
  return 'not closed'
}

/** One byte within brackets: bare, behind a backslash, or as `[.a.]` and `[=a=]`, which in the C locale are that byte. */
function readMember(pattern: string, at: number): { readonly byte: string; readonly next: number } | undefined {
  const collated = /^\[([.=])(.)\1\]/s.exec(pattern.slice(at, at + 5))
  if (collated) return { byte: collated[2] as string, next: at + 5 }
  if (/^\[[.=]/.test(pattern.slice(at, at + 2))) return undefined
  const start = pattern[at] === '\\' ? at + 1 : at
  return { byte: pattern[start] ?? '', next: start + 1 }
}

/** Greedy matching that goes back to the last `*` only, so that it takes at most pattern × name steps. */
function matches(steps: readonly Step[], name: string): boolean {
  let step = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < name.length) {
    const current = steps[step]
    if (current === '*') {
      star = step++
      starAt = at
    } else if (current?.(name[at] as string)) {
      step++
      at++
    } else if (star !== -1) {
      step = star + 1
      at = ++starAt
    } else return false
  }
  while (steps[step] === '*') step++
  return step === steps.length
}
