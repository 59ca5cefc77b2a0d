import type { ConfigurationFiles } from '../../config/index.ts'
import { folderOf, joinPath } from '../../config/index.ts'
import { SettingsError } from './error.ts'

export const settingsFileNames: readonly string[] = [
  'ngxlint.config.json',
  'ngxlint.config.jsonc',
  'ngxlint.config.yaml',
  'ngxlint.config.yml',
]

/**
 * The settings file in a folder, or else in the nearest one above.
 * @param known what was found for folders before; many linted files share theirs
 * @throws SettingsError for a folder with two of them: one would be edited in vain
 */
export function findSettings(
  folder: string,
  files: ConfigurationFiles,
  known: Map<string, string | undefined> = new Map(),
): string | undefined {
  const passed: string[] = []
  let found: string | undefined
  for (let at = folder; ; at = folderOf(at)) {
    if (known.has(at)) {
      found = known.get(at)
      break
    }
    passed.push(at)
    found = settingsIn(at, files)
    if (found !== undefined || at === folderOf(at)) break
  }
  for (const at of passed) known.set(at, found)
  return found
}

function settingsIn(folder: string, files: ConfigurationFiles): string | undefined {
  const paths = settingsFileNames.map((name) => joinPath(folder, name)).filter((path) => 'text' in files.read(path))
  if (paths.length > 1) throw new SettingsError(`two settings files in one folder, keep one: ${paths.join(' and ')}`)
  return paths[0]
}
