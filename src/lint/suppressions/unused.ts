import { groupBy } from '../../config/group-by.ts'
import type { Annotation, ConfigurationFile } from '../../config/index.ts'
import { decodeForDisplay, type Edit, type Span } from '../../syntax/index.ts'
import type { Problem, Severity } from '../problem.ts'
import type { RuleSettings } from '../severity.ts'
import { didYouMean, nearestTo } from '../suggest.ts'
import { disablingKinds, type FileSuppressions, knownKinds, type Suppression } from './read.ts'

/** What is to be said about the comments of a file themselves. */
export interface Judge {
  readonly file: ConfigurationFile
  readonly severity: Exclude<Severity, 'off'>
  /** What was set for the file's rules. */
  readonly settings: RuleSettings
  readonly ruleIds: readonly string[]
}

/** Comments to ngxlint that nobody understands: their author believes that they work. */
export function misspelt(annotations: readonly Annotation[], { file, severity, ruleIds }: Judge): Problem[] {
  const problems: Problem[] = []
  const report = (span: Span, message: string) =>
    problems.push({ ruleId: 'unused-suppression', severity, file, span, message, related: [], fix: undefined })
  for (const annotation of annotations) {
    const { kind } = annotation
    if (!knownKinds.includes(kind))
      report(annotation, `ngxlint knows no comment "ngxlint${written(kind)}"${meant(kind)}`)
    if (kind !== 'enable' && !disablingKinds.includes(kind)) continue
    let end = annotation.listStart
    for (const [index, id] of annotation.arguments.entries()) {
      const start = file.source.text.indexOf(id, end)
      end = start + id.length
      if (ruleIds.includes(id)) continue
      const near = didYouMean(id, ruleIds)
      const isReason = near === '' && (index > 0 || DASH.test(id))
      report(
        { start, end },
        `no rule is called "${decodeForDisplay(id)}"${isReason ? '; a reason stands behind "--"' : near}`,
      )
      // What follows is more of it.
      if (isReason) break
    }
  }
  return problems
}

/** As bytes: a hyphen, or one of the longer dashes. */
const DASH = /^(?:-|\xe2\x80[\x93\x94])$/

function written(kind: string): string {
  return /^[a-z]/.test(kind) ? `-${kind}` : kind
}

function meant(kind: string): string {
  const name = kind.replace(/^[ \t:]+/, '')
  // As eslint has it, for the line that the comment stands in; for a file it would do far too much.
  const nearest = name === 'disable-line' ? 'disable-next-line' : nearestTo(name, knownKinds)
  return nearest ? `; did you mean "ngxlint-${nearest}"?` : ''
}

/** Suppressions that keep nothing back. */
export function unused(suppressions: readonly Suppression[], { file, severity, settings }: Judge): Problem[] {
  const problems: Problem[] = []
  for (const [annotation, all] of groupBy(suppressions, (suppression) => suppression.annotation)) {
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

/** `enable` comments that end nothing. */
export function endingNothing({ idleEnables }: FileSuppressions, { file, severity }: Judge): Problem[] {
  return idleEnables.map((annotation) =>
    idleComment(file, annotation, severity, 'this comment ends nothing: remove it', removal(file, annotation)),
  )
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
