import { rules } from '../../rules/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { didYouMean } from '../lint/suggest.ts'
import type { Display } from '../report/index.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { styleFor } from '../report/style.ts'
import { severityWords } from '../report/summary.ts'
import { directivePage } from './explain-directive.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { pageOf } from './pages.ts'

/** Lines longer than this are hard to read, whatever the terminal. */
const WIDEST = 100

/** `ngxlint explain RULE`: the rule's page; `ngxlint explain DIRECTIVE`: what the table of nginx has of it. */
export function explain(name: string, io: Io, { hasColor, width }: Display): ExitCode {
  const about = isRule(name) ? undefined : directivePage(name)
  if (about !== undefined) {
    io.out(renderMarkdown(about, Math.min(width, WIDEST), styleFor(hasColor)))
    return 0
  }
  const { id, rule } = find(name)
  const text = pageOf(id) ?? `# ${id}\n\n${rule.summary}.\n`
  const fix = rule.fix === null ? 'no fix' : rule.fix === 'safe' ? 'fixed by --fix' : 'fixed by --fix --unsafe-fixes'
  const facts = `${severityWords[rule.severity]}, ${fix}. See ${rule.see}`
  io.out(renderMarkdown(`${text}\n${facts}\n`, Math.min(width, WIDEST), styleFor(hasColor)))
  return 0
}

function isRule(name: string): boolean {
  return withBuiltIn(rules).some(({ id }) => id === name || id.endsWith(`/${name}`))
}

/** A rule may be asked for without its category. */
function find(name: string): RegisteredRule {
  const all = withBuiltIn(rules)
  const found = all.find(({ id }) => id === name) ?? all.find(({ id }) => id.endsWith(`/${name}`))
  if (found) return found
  const ids = all.map(({ id }) => id)
  throw new CommandError(`no rule is called "${name}"${didYouMean(name, ids)} ("ngxlint rules" lists them)`)
}
