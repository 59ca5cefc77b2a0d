import { RE2JS } from 're2js'
import { plainRegex } from './plain-regex.ts'

/**
 * A regular expression of a configuration. They come from strangers, so all but the plainest are run by RE2, which takes time
 * linear in the text; what PCRE has and RE2 has not (look-around, back-references) makes a match unknown.
 */
export interface Pattern {
  /** What all that it matches begins with, as far as that is known; but for texts that end with a line feed. */
  readonly start: string
  /** The groups of a match by number and by name, null where there is none, undefined where nobody knows. */
  match(text: string): PatternMatch | null | undefined
}

export interface PatternMatch {
  /** The whole match first, then each group; `''` for one that took no part. */
  readonly groups: readonly string[]
  readonly named: Readonly<Record<string, string>>
  readonly start: number
  readonly end: number
}

const compiled = new Map<string, Pattern>()

/** @param pattern as PCRE writes it, one char per byte */
export function patternOf(pattern: string, ignoreCase: boolean): Pattern {
  const key = (ignoreCase ? 'i' : 's') + pattern
  const known = compiled.get(key)
  if (known) return known
  const fresh = compile(pattern, ignoreCase)
  compiled.set(key, fresh)
  return fresh
}

const UNKNOWN: Pattern = { start: '', match: () => undefined }

/** Classes that PCRE reads by its own tables, RE2 by Unicode's. */
const UNICODE_CLASS = /\\[pPX]/

/** Bytes beyond ASCII: RE2 folds their case, PCRE (in the C locale) does not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
const NOT_ASCII = /[^\x00-\x7f]|\\[x0-7]/

/** The literal text that every match of a regex begins with: `/static/` of `^/static/.*\.png$`. */
export function literalStart(regex: string): string | undefined {
  if (!regex.startsWith('^') || regex.includes('|')) return undefined
  let text = ''
  for (let at = 1; at < regex.length; at++) {
    let char = regex[at] as string
    if (char === '\\') {
      char = regex[++at] ?? ''
      if (!/^[^\w]$/.test(char)) break
    } else if ('.[](){}*+?^$'.includes(char)) break
    // What follows may make it optional.
    if ('*+?{'.includes(regex[at + 1] ?? ' ')) break
    text += char
  }
  return text
}

/**
 * A server may have thousands of regexes, which nginx tries one after the other. Most begin with another path: for
 * these RE2 is not even asked to read them.
 */
function compile(pattern: string, ignoreCase: boolean): Pattern {
  const start = ignoreCase ? '' : (literalStart(pattern) ?? '')
  let whole: Pattern | undefined
  return {
    start,
    match(text) {
      if (!text.startsWith(start) && !text.endsWith('\n')) return null
      whole ??= compileWhole(pattern, ignoreCase)
      return whole.match(text)
    },
  }
}

/**
 * Instructions of all programs that a process makes: of some eighty bytes each, and of three microseconds. The regexes of a
 * large platform have some million together; one with counted repetition may have thousands.
 */
const MOST_INSTRUCTIONS = 5_000_000
let instructions = 0

function compileWhole(pattern: string, ignoreCase: boolean): Pattern {
  const plain = plainRegex(pattern, ignoreCase)
  return plain ? withEngine(pattern, (text) => matchOf(plain.exec(text))) : compileRe2(pattern, ignoreCase)
}

/** @param match what the engine says of a text */
function withEngine(pattern: string, match: (text: string) => PatternMatch | null): Pattern {
  // PCRE's `$` also matches before a last line feed, which neither engine has a word for.
  const hasEnd = pattern.includes('$')
  return { start: '', match: (text) => (hasEnd && text.endsWith('\n') ? undefined : match(text)) }
}

function matchOf(found: RegExpExecArray | null): PatternMatch | null {
  if (!found) return null
  const groups = Array.from(found, (group) => group ?? '')
  return { groups, named: {}, start: found.index, end: found.index + found[0].length }
}

function compileRe2(pattern: string, ignoreCase: boolean): Pattern {
  if (instructions > MOST_INSTRUCTIONS) return UNKNOWN
  let re2: RE2JS
  try {
    re2 = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    instructions += re2.programSize()
  } catch {
    return UNKNOWN
  }
  if (UNICODE_CLASS.test(pattern) || (ignoreCase && NOT_ASCII.test(pattern))) return UNKNOWN
  return withEngine(pattern, (text) => {
    const matcher = re2.matcher(text)
    if (!matcher.find()) return null
    const groups: string[] = []
    for (let group = 0; group <= matcher.groupCount(); group++) groups.push(matcher.group(group) ?? '')
    const named: Record<string, string> = {}
    for (const name of Object.keys(re2.namedGroups())) named[name] = matcher.group(name) ?? ''
    return { groups, named, start: matcher.start(), end: matcher.end() }
  })
}
