import type { ConfigurationFile } from '../../config/index.ts'
import type { Severity } from '../problem.ts'

/** What the settings say of one file of a configuration. */
export interface FileSettings {
  readonly isIgnored: boolean
  /** By rule id; those that nothing is said about are not in it. */
  readonly severities: Readonly<Record<string, Severity>>
  /** Options of rules, by rule id. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Where a rule was set last: keys that lead there in the settings file. */
  readonly origins: Readonly<Record<string, readonly (string | number)[]>>
}

export type FileSettingsOf = (file: Pick<ConfigurationFile, 'path' | 'realPath'>) => FileSettings

export const NO_SETTINGS: FileSettings = { isIgnored: false, severities: {}, options: {}, origins: {} }
