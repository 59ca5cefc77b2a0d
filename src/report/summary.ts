import type { Problem, Severity } from '../lint/problem.ts'
import type { Report } from './report.ts'

export interface Summary {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly fixed: number
  readonly files: number
}

export function summarize({ problems, fixed, files }: Report): Summary {
  const count = (severity: Severity) => problems.filter((problem) => problem.severity === severity).length
  return {
    errors: count('error'),
    warnings: count('warn'),
    infos: count('info'),
    fixed: fixed.length,
    files: files.length,
  }
}

/** `2 errors, 1 warning in 3 files; 2 can be fixed with --fix`, without a period. */
export function summaryLine(report: Report): string {
  const { errors, warnings, infos, fixed, files } = summarize(report)
  const counts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(infos > 0 ? [plural(infos, 'info')] : []),
  ]
  const found = counts.length > 0 ? counts.join(', ') : report.hiddenCount ? 'no errors' : 'no problems'
  const left = counts.length > 0 ? `${counts.join(', ')} left` : report.hiddenCount ? 'no errors left' : 'nothing left'
  const outcome = fixed > 0 ? `${plural(fixed, 'problem')} fixed, ${left}` : found
  const parts = report.partOf?.length ? ` (as part of ${report.partOf.join(', ')})` : ''
  const hidden = report.hiddenCount && counts.length === 0 ? [`${report.hiddenCount} more without --quiet`] : []
  const known = report.knownCount ? [`${report.knownCount} more in the baseline`] : []
  return [
    `${outcome} in ${plural(files, 'file')}${parts}`,
    ...hidden,
    ...known,
    ...fixHints(report),
    ...syntaxHint(report),
  ].join('; ')
}

/** Of files whose syntax a person has to mend, nothing else is fixed until then. */
function syntaxHint({ problems }: Report): string[] {
  const broken = new Set(
    problems.filter(({ ruleId, fix }) => ruleId === 'syntax' && fix?.safety !== 'safe').map(({ file }) => file),
  )
  const isHeld = problems.some(({ ruleId, file }) => ruleId !== 'syntax' && broken.has(file))
  return isHeld ? ['--fix waits where the syntax is wrong'] : []
}

function fixHints({ problems, isFixing, isUnsafe }: Report): string[] {
  const safe = isFixing ? 0 : countFixable(problems, 'safe')
  const unsafe = isFixing && isUnsafe ? 0 : countFixable(problems, 'unsafe')
  if (isUnsafe) return safe + unsafe > 0 ? [canBeFixed(safe + unsafe, '--fix --unsafe-fixes')] : []
  if (safe === 0) return unsafe > 0 ? [canBeFixed(unsafe, '--fix --unsafe-fixes')] : []
  return [canBeFixed(safe, '--fix'), ...(unsafe > 0 ? [`${unsafe} more with --unsafe-fixes`] : [])]
}

function countFixable(problems: readonly Problem[], safety: 'safe' | 'unsafe'): number {
  return problems.filter(({ fix }) => fix?.safety === safety).length
}

function canBeFixed(count: number, options: string): string {
  return `${count} can be fixed with ${options}`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The severities in the words of people. */
export const severityWords = { error: 'error', warn: 'warning', info: 'info' } as const
