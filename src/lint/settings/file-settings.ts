import type { Severity } from '../problem.ts'
import { fileMatcher } from './glob.ts'
import type { FileSettings, FileSettingsOf } from './held.ts'
import type { RuleTable, Settings } from './settings.ts'

/** What a settings file says of each file; a file goes by its name and by the one behind links. */
export function fileSettings(settings: Settings, folder: string): FileSettingsOf {
  const isIgnored = fileMatcher(settings.ignore ?? [], folder)
  const tables = [
    { isMeant: () => true, rules: settings.rules ?? {}, origin: ['rules'] },
    ...(settings.overrides ?? []).map(({ files = [], rules = {} }, index) => {
      return { isMeant: fileMatcher(files, folder), rules, origin: ['overrides', index, 'rules'] }
    }),
  ]
  const known = new Map<string, FileSettings>()
  return ({ path: name, realPath }) => {
    const key = `${name}\n${realPath}`
    let found = known.get(key)
    if (!found) {
      const fitting = tables.filter(({ isMeant }) => isMeant(name) || isMeant(realPath))
      found = { isIgnored: isIgnored(name) || isIgnored(realPath), ...merge(fitting) }
      known.set(key, found)
    }
    return found
  }
}

function merge(tables: readonly { readonly rules: RuleTable; readonly origin: readonly (string | number)[] }[]) {
  const severities: Record<string, Severity> = {}
  const options: Record<string, Record<string, unknown>> = {}
  const origins: Record<string, readonly (string | number)[]> = {}
  for (const { rules, origin } of tables) {
    for (const [id, setting] of Object.entries(rules)) {
      origins[id] = [...origin, id]
      if (typeof setting === 'string') severities[id] = setting
      else {
        const { severity, ...own } = setting
        if (severity !== undefined) severities[id] = severity
        options[id] = { ...options[id], ...own }
      }
    }
  }
  return { severities, options, origins }
}
