import type { Span } from '../syntax/index.ts'

/** A place that another program fills in: `{{ x }}`, `{% if x %}`, `<%= x %>`, `${X}`. */
export interface TemplateTag extends Span {
  /** Whether it decides what becomes of the text around it, rather than standing for a text. */
  readonly isControl: boolean
}

/** Brackets of Jinja, Go, ERB, Mustache and their likes. */
const BRACKETS: readonly (readonly [open: string, close: string])[] = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
]

/** The tags of a text, in order. Each search starts where the last ended, so that it takes no longer than the text is long. */
export function findTags(text: string): TemplateTag[] {
  const tags: TemplateTag[] = []
  const next = BRACKETS.map(([open]) => text.indexOf(open))
  for (let at = 0; ; ) {
    for (const [index, [open]] of BRACKETS.entries()) {
      const known = next[index] as number
      if (known !== -1 && known < at) next[index] = text.indexOf(open, at)
    }
    const start = Math.min(...next.filter((found) => found !== -1))
    if (!Number.isFinite(start)) return tags
    const index = next.indexOf(start)
    const [open, close] = BRACKETS[index] as readonly [string, string]
    const found = text.indexOf(close, start + open.length)
    if (found === -1) {
      // Nor has any later one of its kind an end.
      next[index] = -1
      continue
    }
    // `{{{ x }}}` of Mustache ends with three.
    const isTriple = text.startsWith('{{{', start) && text[found + 2] === '}'
    const end = found + close.length + (isTriple ? 1 : 0)
    tags.push({ start, end, isControl: isControl(text.slice(start, end)) })
    at = end
  }
}

/** Words that a tag in the brackets of values begins with where it stands for nothing: those of Go, and marks of Mustache. */
const CONTROL = /^\{\{[-~]?\s*(?:[#/^!>]|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w+\s*:?=)/

function isControl(tag: string): boolean {
  if (tag.startsWith('{{')) return CONTROL.test(tag)
  return !/^<%-?=/.test(tag)
}

/** What envsubst puts in: https://hub.docker.com/_/nginx names files `*.template`, and variables of nginx are in small letters. */
export function findEnvironmentTags(text: string): TemplateTag[] {
  return [...text.matchAll(/\$\{[A-Z_][A-Z0-9_]*\}|\$[A-Z_][A-Z0-9_]*\b/g)].map(({ index, 0: tag }) => {
    return { start: index, end: index + tag.length, isControl: false }
  })
}
