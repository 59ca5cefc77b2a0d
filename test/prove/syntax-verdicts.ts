/** Compares what nginx and our parser say about the tokens and blocks of one file. */
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parse, SourceFile, type Statement, type SyntaxProblem, walkStatements } from '../../src/syntax/index.ts'
import { BEFORE, BEHIND, UNCLOSED_BLOCK } from './syntax-classes.ts'

/** What `nginx -t` made of a file. */
export type Reading = { readonly kind: 'accepted' } | Refusal

/** It was refused while reading tokens and blocks, or for what a directive says. */
export interface Refusal {
  readonly kind: 'syntax' | 'other'
  /** Whether nginx complains of this file, and not of another one, or of the whole. */
  readonly isHere: boolean
  readonly line: number | undefined
  readonly says: string
}

export type Verdict =
  /** `as`: on the same line, or in the way of a deliberate difference. */
  | { readonly kind: 'agreed'; readonly as: string }
  /** nginx stopped for what a directive says, and told nothing of what we report behind that, if we do. */
  | { readonly kind: 'stopped'; readonly isClaimed: boolean }
  | { readonly kind: 'disagreed'; readonly because: string }

/** Of a word as long as nginx's messages may be, which an `if` does not expect, it does not get to say "in condition". */
export const ABOUT_SYNTAX =
  /^(?:unexpected (?!.{1000}|.* in condition)|directive ".*" (?:is not terminated by|has no opening)|too long parameter)/s

export function compareReadings(text: string, nginx: Reading): Verdict {
  const source = new SourceFile('', text)
  const { problems } = parse(source, nginxGrammar)
  if (nginx.kind === 'accepted')
    return problems.length === 0 ? agreed('both accept') : disagreed(`a false alarm: ${told(source, problems)}`)
  // What only the end of the file tells stands before all else in our list; nginx hears of it last.
  const ours = problems.find(({ message }) => !/^unexpected end of file: missing "}"/.test(message)) ?? problems[0]
  const difference = ours && BEFORE.find((each) => each.ours.test(ours.message))
  const line = ours && source.lineAt(ours.start)
  const nginxLine = nginx.line ?? Number.POSITIVE_INFINITY
  const apart = disagreed(`we: ${told(source, problems)}; nginx: ${nginx.line}: ${nginx.says}`)
  if (nginx.kind === 'syntax') {
    if (line === undefined) return apart
    if (line > nginxLine) {
      const behind = BEHIND.find((each) => each.ours.test(ours?.message ?? '') && each.nginx.test(nginx.says))
      return behind ? agreed(behind.name) : apart
    }
    if (line === nginxLine) return agreed('same line')
    if (!difference) return apart
    const isTold = ({ message }: SyntaxProblem) =>
      BEFORE.some((each) => each.ours.test(message) && each.nginx.test(nginx.says))
    if (problems.some((problem) => source.lineAt(problem.start) < nginxLine && isTold(problem)))
      return agreed(difference.name)
    const isSeenToo = problems.some(({ start }) => source.lineAt(start) === nginxLine)
    return isSeenToo ? agreed(`${difference.name}, and behind it the same line`) : apart
  }
  const stopped: Verdict = { kind: 'stopped', isClaimed: problems.length > 0 }
  if (!ours || line === undefined || !nginx.isHere || line > nginxLine) return stopped
  if (
    difference &&
    statementsEndingAt(text, nginxLine).some(({ head }) => head.start <= ours.start && ours.start <= head.end)
  )
    return agreed(`${difference.name}, in a statement that nginx refuses for another reason`)
  if (difference?.nginx.test(nginx.says)) return agreed(difference.name)
  // On one line either may be the first; and nginx has not yet come to where it would miss a brace.
  return line === nginxLine || difference?.name === UNCLOSED_BLOCK ? stopped : apart
}

/** The statements whose `;` or `{` stands on this line, as nginx reads them: without a thought for what was forgotten. */
function statementsEndingAt(text: string, line: number): Statement[] {
  const source = new SourceFile('', text)
  const tree = parse(source)
  return [...walkStatements(tree.statements)].filter(
    ({ lastToken }) => source.lineAt(tree.tokens.start(lastToken)) === line,
  )
}

const agreed = (as: string): Verdict => ({ kind: 'agreed', as })
const disagreed = (because: string): Verdict => ({ kind: 'disagreed', because })

function told(source: SourceFile, problems: readonly SyntaxProblem[]): string {
  const lines = problems.slice(0, 4).map(({ start, message }) => `${source.lineAt(start)}: ${message}`)
  return lines.join(' | ') || 'nothing'
}

/**
 * The text without the statement that nginx refused for what it says, so that it may be asked about the rest: its bytes
 * become blanks. Where nobody knows which one on the line that is, all of them do. Undefined where there is none.
 */
export function withoutRefused(text: string, { line, says }: Refusal): string | undefined {
  if (line === undefined) return undefined
  const candidates = statementsEndingAt(text, line)
  const named = candidates.find(({ name }) => says.includes(`"${name}"`))
  const refused = named ? [named] : candidates
  if (refused.length === 0) return undefined
  return refused.reduce((rest, { start, end }) => {
    return rest.slice(0, start) + rest.slice(start, end).replace(/[^\n]/g, ' ') + rest.slice(end)
  }, text)
}
