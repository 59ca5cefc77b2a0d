import { rules } from '../../rules/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import type { Display } from '../report/index.ts'
import { styleFor } from '../report/style.ts'
import { severityWords } from '../report/summary.ts'
import { wrap } from '../report/width.ts'
import type { ExitCode, Io } from './io.ts'

export function allRuleIds(): string[] {
  return withBuiltIn(rules).map(({ id }) => id)
}

/** `ngxlint rules`: each rule with its severity, its fix and what it flags. */
export function listRules(io: Io, { hasColor, width }: Display): ExitCode {
  const style = styleFor(hasColor)
  const all = withBuiltIn(rules)
  const idWidth = Math.max(...all.map(({ id }) => id.length))
  const lines = all.flatMap(({ id, rule }) => {
    const paint = style[rule.severity === 'warn' ? 'warning' : rule.severity]
    const fix = rule.fix === null ? '' : FIX_OPTIONS[rule.fix]
    const head = `${style.bold(id.padEnd(idWidth))}  ${paint(severityWords[rule.severity].padEnd(7))}  ${fix}`.trimEnd()
    return [head, ...wrap(rule.summary.replaceAll('`', ''), Math.max(30, width - 2)).map((line) => `  ${line}`)]
  })
  io.out(`${lines.join('\n')}\n\n"ngxlint explain RULE" tells more, "--rule RULE:off" turns one off.\n`)
  return 0
}

const FIX_OPTIONS = { safe: '--fix', unsafe: '--fix --unsafe-fixes' } as const
