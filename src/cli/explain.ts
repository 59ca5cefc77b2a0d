import { rules } from '../../rules/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { didYouMean } from '../lint/suggest.ts'
import { directiveNames } from '../nginx/directives.ts'
import type { Display } from '../report/index.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { styleFor } from '../report/style.ts'
import { severityWords } from '../report/summary.ts'
import { directivePage } from './explain-directive.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { pageOf } from './pages.ts'
import { rulesHere } from './rules.ts'

/** Lines longer than this are hard to read, whatever the terminal. */
const WIDEST = 100

/** `ngxlint explain RULE`: the rule's page; `ngxlint explain DIRECTIVE`: what the table of nginx has of it. */
export async function explain(
  name: string,
  config: string | false | undefined,
  io: Io,
  { hasColor, width }: Display,
): Promise<ExitCode> {
  const found = find(name, withBuiltIn(rules))
  const page = pagesOf(found) ?? directivePage(name) ?? pagesOf(await findHere(name, config, io)) ?? ''
  io.out(renderMarkdown(page, Math.min(width, WIDEST), styleFor(hasColor)))
  return 0
}

function pagesOf(found: readonly RegisteredRule[]): string | undefined {
  return found.length === 0 ? undefined : found.map(pageWithFacts).join('\n')
}

function pageWithFacts({ id, rule }: RegisteredRule): string {
  const text = pageOf(id) ?? `# ${id}\n\n${rule.summary}.\n`
  const fix = rule.fix === null ? 'no fix' : rule.fix === 'safe' ? 'fixed by --fix' : 'fixed by --fix --unsafe-fixes'
  const see = rule.see === '' ? '' : ` See ${rule.see}`
  return `${text}\n${severityWords[rule.severity]}, ${fix}.${see}\n`
}

/** A rule may be asked for without its category; several may have that name. */
function find(name: string, all: readonly RegisteredRule[]): readonly RegisteredRule[] {
  const whole = all.filter(({ id }) => id === name)
  return whole.length > 0 ? whole : all.filter(({ id }) => id.endsWith(`/${name}`))
}

/** Settings are read for what is no rule of ngxlint's: only they may know it. */
async function findHere(name: string, config: string | false | undefined, io: Io): Promise<readonly RegisteredRule[]> {
  const all = await rulesHere(config, io)
  const found = find(name, all)
  if (found.length > 0) return found
  const ids = all.map(({ id }) => id)
  const ofCategory = ids.filter((id) => id.startsWith(`${name}/`))
  if (ofCategory.length > 0)
    throw new CommandError(`"${name}" is a category of rules; name one: ${ofCategory.join(', ')}`)
  throw new CommandError(
    `no rule or directive is called "${name}"${didYouMean(name, ids) || didYouMean(name, directiveNames())} ("ngxlint rules" lists them)`,
  )
}
