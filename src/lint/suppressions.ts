import { type Annotation, annotationsOf, type Configuration, type ConfigurationFile } from '../config/index.ts'
import { decodeForDisplay, type Edit, type Span } from '../syntax/index.ts'
import { unusedSuppression } from './built-in.ts'
import type { Problem, Severity } from './problem.ts'
import type { RuleSettings } from './run.ts'
import { didYouMean, nearestTo } from './suggest.ts'

/**
 * Comments that keep problems from being reported:
 *
 *     # ngxlint-disable-next-line RULE[, RULE] -- reason
 *     # ngxlint-disable RULE … # ngxlint-enable RULE
 *     # ngxlint-disable-file RULE
 *
 * Without a rule, all are meant. A comment that keeps nothing back is itself reported.
 */

const DISABLING = ['disable-next-line', 'disable', 'disable-file'] as const
const KNOWN_KINDS: readonly string[] = [...DISABLING, 'enable', 'websocket', 'not-websocket']

/** One rule (or all) kept silent in a range of lines of one file. */
interface Suppression {
  readonly annotation: Annotation
  /** Undefined for all rules. */
  readonly ruleId: string | undefined
  readonly firstLine: number
  lastLine: number
  isUsed: boolean
}

interface FileSuppressions {
  readonly suppressions: readonly Suppression[]
  /** `enable` comments that end nothing. */
  readonly idleEnables: readonly Annotation[]
}

export interface SuppressionOptions {
  readonly ruleIds: readonly string[]
  readonly settings: RuleSettings
}

/** The problems that no comment keeps back, and those of the comments themselves. */
export function applySuppressions(
  problems: readonly Problem[],
  configuration: Configuration,
  { ruleIds, settings }: SuppressionOptions,
): Problem[] {
  const severity = settings['unused-suppression'] ?? unusedSuppression.rule.severity
  // A rule may be silent only because part of the configuration could not be read or understood.
  const mayTell = !configuration.isFragment && configuration.unresolved.length === 0
  const isKnown = mayTell && configuration.files.every((file) => file.tree.problems.length === 0)
  const left: Problem[] = []
  const byFile = groupByFile(problems)
  for (const file of configuration.files) {
    const found = byFile.get(file) ?? []
    const annotations = annotationsOf(file)
    if (annotations.length === 0) {
      left.push(...found)
      continue
    }
    const { suppressions, idleEnables } = readSuppressions(file, annotations, ruleIds)
    left.push(...found.filter((problem) => !isSuppressed(problem, suppressions)))
    if (severity === 'off') continue
    const own = [
      ...misspelt(file, annotations, ruleIds, severity),
      ...(isKnown ? unused(file, suppressions, severity, settings) : []),
      ...idleEnables.map((annotation) =>
        idleComment(file, annotation, severity, 'this comment ends nothing: remove it', removal(file, annotation)),
      ),
    ]
    left.push(...own.filter((problem) => !isSuppressed(problem, suppressions)))
  }
  return left
}

function groupByFile(problems: readonly Problem[]): Map<ConfigurationFile, Problem[]> {
  const groups = new Map<ConfigurationFile, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(problem.file)
    if (group) group.push(problem)
    else groups.set(problem.file, [problem])
  }
  return groups
}

function isSuppressed({ ruleId, file, span }: Problem, suppressions: readonly Suppression[]): boolean {
  const line = file.source.lineAt(span.start)
  const matching = suppressions.filter(
    (candidate) =>
      candidate.firstLine <= line &&
      line <= candidate.lastLine &&
      // Only by its name: a comment that silences everything is to be told when it silences nothing.
      (candidate.ruleId === undefined ? ruleId !== 'unused-suppression' : candidate.ruleId === ruleId),
  )
  for (const suppression of matching) suppression.isUsed = true
  return matching.length > 0
}

function readSuppressions(
  file: ConfigurationFile,
  annotations: readonly Annotation[],
  ruleIds: readonly string[],
): FileSuppressions {
  const suppressions: Suppression[] = []
  const idleEnables: Annotation[] = []
  const open: Suppression[] = []
  const start = (annotation: Annotation, firstLine: number, lastLine: number): Suppression[] => {
    const named = annotation.arguments.filter((id) => ruleIds.includes(id))
    const meant = annotation.arguments.length === 0 ? [undefined] : named
    const started = meant.map((ruleId) => ({ annotation, ruleId, firstLine, lastLine, isUsed: false }))
    suppressions.push(...started)
    return started
  }
  for (const annotation of annotations) {
    const { kind, line } = annotation
    if (kind === 'disable-file') start(annotation, 1, Number.POSITIVE_INFINITY)
    else if (kind === 'disable-next-line') {
      const next = nextStatementLine(file, annotation)
      if (next !== undefined) start(annotation, next, next)
    } else if (kind === 'disable') open.push(...start(annotation, line, Number.POSITIVE_INFINITY))
    else if (kind === 'enable') {
      const ends = ({ ruleId }: Suppression) =>
        annotation.arguments.length === 0 || (ruleId !== undefined && annotation.arguments.includes(ruleId))
      const ended = open.filter(ends)
      if (ended.length === 0 && annotation.arguments.every((id) => ruleIds.includes(id))) idleEnables.push(annotation)
      for (const suppression of ended) {
        suppression.lastLine = line
        open.splice(open.indexOf(suppression), 1)
      }
    }
  }
  return { suppressions, idleEnables }
}

/** The next line on which something stands: more comments, and blank lines, may come before it. */
function nextStatementLine(file: ConfigurationFile, annotation: Annotation): number | undefined {
  for (let line = annotation.line + 1; line <= file.source.lineCount; line++) {
    const text = file.source.text.slice(file.source.lineStart(line), file.source.lineEnd(line)).trim()
    if (text !== '' && !text.startsWith('#')) return line
  }
  return undefined
}

/** Comments to ngxlint that nobody understands: their author believes that they work. */
function misspelt(
  file: ConfigurationFile,
  annotations: readonly Annotation[],
  ruleIds: readonly string[],
  severity: Exclude<Severity, 'off'>,
): Problem[] {
  const problems: Problem[] = []
  const report = (span: Span, message: string) =>
    problems.push({ ruleId: 'unused-suppression', severity, file, span, message, related: [], fix: undefined })
  for (const annotation of annotations) {
    const { kind } = annotation
    if (!KNOWN_KINDS.includes(kind)) report(annotation, `ngxlint knows no comment "ngxlint-${kind}"${meant(kind)}`)
    if (kind !== 'enable' && !(DISABLING as readonly string[]).includes(kind)) continue
    for (const id of annotation.arguments) {
      if (ruleIds.includes(id)) continue
      const at = file.source.text.indexOf(id, annotation.start)
      report(
        { start: at, end: at + id.length },
        `no rule is called "${decodeForDisplay(id)}"${didYouMean(id, ruleIds)}`,
      )
    }
  }
  return problems
}

function meant(kind: string): string {
  const nearest = nearestTo(kind, KNOWN_KINDS)
  return nearest ? `; did you mean "ngxlint-${nearest}"?` : ''
}

function unused(
  file: ConfigurationFile,
  suppressions: readonly Suppression[],
  severity: Exclude<Severity, 'off'>,
  settings: RuleSettings,
): Problem[] {
  const problems: Problem[] = []
  for (const annotation of new Set(suppressions.map((suppression) => suppression.annotation))) {
    const all = suppressions.filter((suppression) => suppression.annotation === annotation)
    const idle = all.filter(({ isUsed, ruleId }) => !isUsed && !mayBeNeeded(ruleId, settings))
    if (idle.length === 0) continue
    const names = idle.flatMap(({ ruleId }) => ruleId ?? [])
    const isWhole = idle.length === Math.max(annotation.arguments.length, 1)
    const message =
      names.length === 0
        ? 'this comment keeps no problem from being reported: remove it'
        : `${names.map((name) => `"${name}"`).join(' and ')} ${names.length > 1 ? 'report' : 'reports'} nothing here: remove ${isWhole ? 'this comment' : 'it from this comment'}`
    const edit = isWhole ? removal(file, annotation) : withoutRules(file, annotation, names)
    problems.push(idleComment(file, annotation, severity, message, edit))
  }
  return problems
}

function idleComment(
  file: ConfigurationFile,
  { start, end }: Span,
  severity: Exclude<Severity, 'off'>,
  message: string,
  edit: Edit | undefined,
): Problem {
  const fix = edit && { safety: 'safe' as const, edits: [{ file, edit }] }
  return { ruleId: 'unused-suppression', severity, file, span: { start, end }, message, related: [], fix }
}

/** A rule that does not run can't show whether its suppression is of use, nor can any where some don't run. */
function mayBeNeeded(ruleId: string | undefined, settings: RuleSettings): boolean {
  if (ruleId === 'unused-suppression') return true
  return ruleId === undefined ? Object.values(settings).includes('off') : settings[ruleId] === 'off'
}

/** Takes the comment out, with its line where it has one for itself. */
function removal(file: ConfigurationFile, { start, end }: Span): Edit {
  const { source } = file
  const line = source.lineAt(start)
  const lineStart = source.lineStart(line)
  const before = source.text.slice(lineStart, start)
  if (before.trim() !== '') return { start: lineStart + before.trimEnd().length, end, text: '' }
  return { start: lineStart, end: Math.max(end, source.lineStart(line + 1)), text: '' }
}

function withoutRules(file: ConfigurationFile, annotation: Annotation, names: readonly string[]): Edit | undefined {
  const text = file.source.text.slice(annotation.start, annotation.end)
  const head = /^#\s*ngxlint-[a-z-]+[ \t]*/.exec(text)?.[0]
  if (head === undefined) return undefined
  const listed = /^(?:(?!\s--\s).)*/s.exec(text.slice(head.length))?.[0] ?? ''
  const start = annotation.start + head.length
  const kept = annotation.arguments.filter((id) => !names.includes(id))
  return { start, end: start + listed.trimEnd().length, text: kept.join(', ') }
}
