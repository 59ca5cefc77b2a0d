import { folderOf } from '../../config/index.ts'
import type { RegisteredRule } from '../rule.ts'
import { SettingsError } from './error.ts'
import type { FileSettingsOf } from './held.ts'
import { type Settings, settingsShape } from './settings.ts'
import { type Fault, type Parsed, type Value, valueAt } from './value.ts'

/** A settings file as it was read. */
export interface SettingsFile {
  readonly path: string
  /** What messages call it. */
  readonly name: string
  readonly settings: Settings
  /** What it says of each file. */
  readonly of: FileSettingsOf
  /** The rules that there are, those of plugins too. */
  readonly rules: readonly RegisteredRule[]
  /** The line that says what stands at the end of a path of keys. */
  lineOf(...keys: readonly (string | number)[]): number | undefined
}

/** Gives the rules of a module that the settings name. */
export type PluginLoader = (name: string) => Promise<readonly RegisteredRule[]>

/**
 * Reads the text of a settings file.
 * @throws SettingsError that names the file and the lines of all errors in it
 */
export async function readSettings(
  path: string,
  text: string,
  rules: readonly RegisteredRule[],
  name = path,
  loadPlugin?: PluginLoader,
): Promise<SettingsFile> {
  const content = text.replace(/^\u{feff}/u, '')
  const { value, faults: syntaxFaults } = await parse(path, content)
  const faults: Fault[] = [...syntaxFaults]
  const all = await withPlugins(value, rules, loadPlugin, (fault) => faults.push(fault))
  const settings = value && faults.length === 0 ? settingsShape(all).read(value, (fault) => faults.push(fault)) : {}
  if (faults.length > 0 || settings === undefined) throw new SettingsError(messageFor(name, content, faults))
  const lineOf = (...keys: readonly (string | number)[]) => lineIn(value, keys, content)
  // Globs, too, are of use only where there is a file.
  const { fileSettings } = await import('./file-settings.ts')
  return { path, name, settings, of: fileSettings(settings, folderOf(path)), rules: all, lineOf }
}

/** Settings may be about rules of plugins, so these come first. */
async function withPlugins(
  value: Value | undefined,
  rules: readonly RegisteredRule[],
  loadPlugin: PluginLoader | undefined,
  report: (fault: Fault) => void,
): Promise<readonly RegisteredRule[]> {
  const names = valueAt(value, ['plugins'])
  if (names?.kind !== 'list' || !loadPlugin) return rules
  const all = [...rules]
  for (const item of names.items) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') continue
    const fault = (why: string) => report({ ...item, message: `the plugin "${item.value}" can't be used: ${why}` })
    try {
      for (const rule of await loadPlugin(item.value)) {
        if (all.some(({ id }) => id === rule.id)) fault(`there is a rule "${rule.id}" already`)
        else all.push(rule)
      }
    } catch (error) {
      fault((error as Error).message.split('\n', 1)[0] as string)
    }
  }
  return all
}

/** The parsers are read in only where there is a file for them: they would double the time to start. */
async function parse(path: string, text: string): Promise<Parsed> {
  if (text.trim() === '') return { value: undefined, faults: [] }
  if (/\.ya?ml$/.test(path)) return (await import('./parse-yaml.ts')).parseYaml(text)
  return (await import('./parse-jsonc.ts')).parseJsonc(text)
}

function messageFor(name: string, text: string, faults: readonly Fault[]): string {
  const lines = [...faults]
    .sort((one, other) => one.start - other.start)
    .map(({ start, message }) => `${name}:${placeAt(text, start)}: ${message}`)
  // A parser may say of one place what it lacks for each block that is open there.
  return [...new Set(lines)].join('\n')
}

function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset)
  return `${lineAt(text, offset)}:${[...before.slice(before.lastIndexOf('\n') + 1)].length + 1}`
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function lineIn(value: Value | undefined, keys: readonly (string | number)[], text: string): number | undefined {
  const around = valueAt(value, keys.slice(0, -1))
  const entry = around?.kind === 'table' ? around.entries.find(({ key }) => key === keys.at(-1)) : undefined
  const at = entry ?? valueAt(value, keys)
  return at && lineAt(text, at.start)
}
