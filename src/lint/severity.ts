import type { ConfigurationFile } from '../config/index.ts'
import type { Severity } from './problem.ts'
import { type FileSettingsOf, NO_SETTINGS } from './settings/held.ts'

/** Severities that replace those of the rules, by rule id. */
export type RuleSettings = Readonly<Record<string, Severity>>

export interface SeverityOptions {
  /** Those that hold for all files and before all others: what a command line says. */
  readonly settings?: RuleSettings
  /** What a settings file says of each file. */
  readonly fileSettings?: FileSettingsOf
}

/** The severities that were set for a file. */
export function severitiesIn({
  settings = {},
  fileSettings,
}: SeverityOptions): (file: ConfigurationFile) => RuleSettings {
  if (!fileSettings) return () => settings
  const known = new Map<ConfigurationFile, RuleSettings>()
  return (file) => {
    let found = known.get(file)
    if (!found) {
      found = { ...fileSettings(file).severities, ...settings }
      known.set(file, found)
    }
    return found
  }
}

/** The options that were set for a rule in a file. */
export function optionsIn({ fileSettings = () => NO_SETTINGS }: SeverityOptions) {
  return (id: string, file: ConfigurationFile): Readonly<Record<string, unknown>> =>
    fileSettings(file).options[id] ?? {}
}
