import { type Severity, severities, severityAliases } from '../problem.ts'
import type { RuleSettings } from '../severity.ts'
import { didYouMean } from '../suggest.ts'
import { SettingsError } from './error.ts'

/** What the `--rule ID:SEVERITY` options say; of two for one rule, the later holds. */
export function parseRuleSettings(texts: readonly string[], ruleIds: readonly string[]): RuleSettings {
  const settings: Record<string, Severity> = {}
  for (const text of texts) {
    const { id, severity } = parseRuleSetting(text, ruleIds)
    settings[id] = severity
  }
  return settings
}

function parseRuleSetting(text: string, ruleIds: readonly string[]): { id: string; severity: Severity } {
  const colon = text.lastIndexOf(':')
  if (colon === -1) {
    const named = text.replace(/=.*/, '')
    throw new SettingsError(`"${text}" names no severity: write ${named}:off, :info, :warn or :error`)
  }
  const id = text.slice(0, colon).trim()
  const word = text.slice(colon + 1).trim()
  if (!ruleIds.includes(id)) throw new SettingsError(`no rule is called "${id}"${didYouMean(id, ruleIds)}`)
  const severity = severities.find((known) => known === word) ?? severityAliases[word]
  if (!severity) throw new SettingsError(`"${word}" is no severity: write ${id}:off, :info, :warn or :error`)
  return { id, severity }
}
