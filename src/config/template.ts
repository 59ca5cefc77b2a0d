import type { SourceFile, SyntaxTree } from '../syntax/index.ts'
import { findEnvironmentTags, findTags, type TemplateTag } from './template-tags.ts'

export type { TemplateTag } from './template-tags.ts'

/** A file of which another program makes what nginx reads. */
export interface Template {
  readonly tags: readonly TemplateTag[]
  /** The file with its tags made words or blanks, as long as it was. */
  readonly text: string
  /** Whether lines may come, go or change places, so that what is not there is not certain to be missing. */
  readonly isOpen: boolean
}

const TEMPLATE_NAME = /\.(?:j2|jinja2?|erb|epp|tmpl|tpl|gotmpl|ctmpl|mustache|hbs)$/
const ENVIRONMENT_NAME = /\.(?:template|envsubst)$/

/** A file is one by its name, or because nginx would stumble over its tags. */
export function templateOf({ path, text }: SourceFile, { problems, source }: SyntaxTree): Template | undefined {
  if (ENVIRONMENT_NAME.test(path)) return fill(text, findEnvironmentTags(text))
  if (problems.length === 0 && !TEMPLATE_NAME.test(path)) return undefined
  let seen = 0
  const stumbles = problems.some(({ start }) => {
    const line = source.lineAt(start)
    // A file of one line may have a problem in each of its directives.
    if (line === seen) return false
    seen = line
    return /\{\{|\{%|<%/.test(text.slice(source.lineStart(line), source.lineEnd(line)))
  })
  return stumbles || TEMPLATE_NAME.test(path) ? fill(text, findTags(text)) : undefined
}

function fill(text: string, tags: readonly TemplateTag[]): Template | undefined {
  if (tags.length === 0) return undefined
  const parts: string[] = []
  let isOpen = false
  let at = 0
  for (const tag of tags) {
    const isBlank = isAlone(text, tag) || (tag.isControl && !isWithinWord(text, tag))
    isOpen ||= isBlank || tag.isControl
    parts.push(text.slice(at, tag.start), isBlank ? blanks(text.slice(tag.start, tag.end)) : word(text, tag))
    at = tag.end
  }
  parts.push(text.slice(at))
  return { tags, text: parts.join(''), isOpen }
}

/** Whether a tag has a line to itself where a directive could begin: it stands for any number of them. */
function isAlone(text: string, { start, end }: TemplateTag): boolean {
  const from = Math.max(0, start - NEARBY)
  const lineStart = text.slice(from, start).lastIndexOf('\n') + from + 1
  const lineFeed = text.slice(end, end + NEARBY).indexOf('\n')
  const rest = text.slice(lineStart, start) + text.slice(end, lineFeed === -1 ? end + NEARBY : end + lineFeed)
  return !/\S/.test(rest.replaceAll(/\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|#.*/g, '')) && mayBegin(text, lineStart)
}

/** Whether the last thing before an offset ends a directive, or is a comment or a tag. */
function mayBegin(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - NEARBY), offset).trimEnd()
  if (before === '' || /[;{}]$|%>$/.test(before)) return true
  return before
    .slice(before.lastIndexOf('\n') + 1)
    .trimStart()
    .startsWith('#')
}

/** A minified file may be one line of many megabytes, with thousands of tags. */
const NEARBY = 2000

function isWithinWord(text: string, { start, end }: TemplateTag): boolean {
  return /[^\s;{}]/.test(text[start - 1] ?? ' ') && /[^\s;{}]/.test(text[end] ?? ' ')
}

/** Lines stay as they are. */
function blanks(tag: string): string {
  return tag.replaceAll(/[^\n]/g, ' ')
}

/** A variable that nobody defines: its value is not known. What envsubst puts in is written as one already. */
function word(text: string, { start, end }: TemplateTag): string {
  if (text[start] === '$') return text.slice(start, end)
  return `\${${'X'.repeat(end - start - 3)}}`
}
