/** Compares what nginx and our parser say about the tokens and blocks of one file. */
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parse, SourceFile, type Statement, walkStatements } from '../../src/syntax/index.ts'
import { DELIBERATE, type DeliberateDifference } from './syntax-classes.ts'

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
  /** nginx stopped before what we report, or we report nothing: ask it about the rest. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'disagreed'; readonly because: string }

export const ABOUT_SYNTAX =
  /^(?:unexpected (?!.* in condition)|directive ".*" (?:is not terminated by|has no opening)|too long parameter)/s

interface OurProblem {
  readonly line: number
  readonly says: string
}

export function compareReadings(text: string, nginx: Reading): Verdict {
  const source = new SourceFile('', text)
  const ours = parse(source, nginxGrammar).problems.map(
    ({ start, message }): OurProblem => ({ line: source.lineAt(start), says: message }),
  )
  if (nginx.kind === 'accepted')
    return ours.length === 0 ? agreed('both accept') : disagreed(`a false alarm: ${told(ours)}`)
  return nginx.kind === 'syntax' ? compareSyntax(ours, nginx) : compareOther(ours, nginx)
}

function compareSyntax(ours: readonly OurProblem[], nginx: Refusal): Verdict {
  const line = nginx.line as number
  const before = ours.filter((problem) => problem.line < line)
  const differences = before.map(differenceOf)
  if (differences.includes(undefined)) return disagreed(`${told(before)}; nginx: ${told([nginx])}`)
  if (ours.some((problem) => problem.line === line)) return agreed('same line')
  const cause = differences.find((difference) => difference?.syntax?.test(nginx.says))
  return cause ? agreed(cause.name) : disagreed(`${told(ours)}; nginx: ${told([nginx])}`)
}

function compareOther(ours: readonly OurProblem[], nginx: Refusal): Verdict {
  if (!nginx.isHere) return { kind: 'stopped' }
  const line = nginx.line ?? Number.POSITIVE_INFINITY
  const before = ours.filter((problem) => problem.line <= line)
  const cause = before.map(differenceOf).find((difference) => difference?.other?.test(nginx.says))
  if (cause) return agreed(`${cause.name}, for another reason`)
  // What only the end of the file tells, nginx has not come to; what stands on its line may stand behind its place.
  const isSeen = (problem: OurProblem) => problem.line < line && differenceOf(problem)?.name !== 'unclosed block'
  return before.some(isSeen) ? disagreed(`${told(before)}; nginx: ${told([nginx])}`) : { kind: 'stopped' }
}

function differenceOf({ says }: OurProblem): DeliberateDifference | undefined {
  return DELIBERATE.find(({ ours }) => ours.test(says))
}

const agreed = (as: string): Verdict => ({ kind: 'agreed', as })
const disagreed = (because: string): Verdict => ({ kind: 'disagreed', because })

function told(problems: readonly { readonly line: number | undefined; readonly says: string }[]): string {
  return problems.map(({ line, says }) => `${line}: ${says}`).join(' | ') || 'nothing'
}

/**
 * The text without the statement that nginx refused for what it says, so that it may be asked about the rest: its bytes
 * become blanks. Undefined where nobody knows which one that is.
 */
export function withoutRefused(
  text: string,
  { line, says }: { line: number | undefined; says: string },
): string | undefined {
  const source = new SourceFile('', text)
  const tree = parse(source, nginxGrammar)
  const isNamed = (statement: Statement) => says.includes(`"${statement.name}"`)
  const onLine = [...walkStatements(tree.statements)].filter(
    (statement) => source.lineAt(tree.tokens.start(statement.lastToken)) === line,
  )
  const refused = onLine.find(isNamed) ?? (onLine.length === 1 ? onLine[0] : undefined)
  if (!refused) return undefined
  const { start, end } = refused
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end)
}
