import { rules } from '../../rules/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { SettingsError } from '../lint/settings/error.ts'
import type { Display } from '../report/index.ts'
import { sanitize } from '../report/sanitize.ts'
import { styleFor } from '../report/style.ts'
import { severityWords } from '../report/summary.ts'
import { wrap } from '../report/width.ts'
import type { ExitCode, Io } from './io.ts'
import { SettingsFinder } from './settings.ts'

export function builtInIds(): string[] {
  return withBuiltIn(rules).map(({ id }) => id)
}

/** The rules that there are in a folder, with those that its settings bring. */
export async function rulesHere(config: string | false | undefined, io: Io): Promise<readonly RegisteredRule[]> {
  try {
    const settings = await new SettingsFinder(io.cwd, config).in(io.cwd)
    return settings?.rules ?? withBuiltIn(rules)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    // Who mistyped a rule in the settings may be looking for its name right now.
    for (const line of error.message.split('\n')) io.err(`ngxlint: ${sanitize(line)}\n`)
    return withBuiltIn(rules)
  }
}

/** `ngxlint rules`: each rule with its severity, its fix and what it flags. */
export async function listRules(
  config: string | false | undefined,
  io: Io,
  { hasColor, width }: Display,
): Promise<ExitCode> {
  const style = styleFor(hasColor)
  const all = withBuiltIn(await rulesHere(config, io))
  const idWidth = Math.max(...all.map(({ id }) => id.length))
  const lines = all.flatMap(({ id, rule }) => {
    const paint = style[rule.severity === 'warn' ? 'warning' : rule.severity]
    const fix = rule.fix === null ? '' : FIX_OPTIONS[rule.fix]
    const head = `${style.bold(id.padEnd(idWidth))}  ${paint(severityWords[rule.severity].padEnd(7))}  ${fix}`.trimEnd()
    const summary = sanitize(rule.summary.replaceAll('`', ''))
    return [head, ...wrap(summary, Math.max(30, width - 2)).map((line) => `  ${line}`)]
  })
  io.out(`${lines.join('\n')}\n\n"ngxlint explain RULE" tells more, "--rule RULE:off" turns one off.\n`)
  return 0
}

const FIX_OPTIONS = { safe: '--fix', unsafe: '--fix --unsafe-fixes' } as const
