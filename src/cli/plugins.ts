import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { rules } from '../../rules/index.ts'
import { categoriesOf, PLUGIN_RULE } from '../lint/built-in.ts'
import { severities } from '../lint/problem.ts'
import { defineRule, type RegisteredRule, type Rule } from '../lint/rule.ts'
import { whyNotRun } from './trust.ts'

type ImportModule = (url: string) => Promise<{ readonly default?: { readonly rules?: unknown } }>

/**
 * The rules of a module that the settings name: those of its default export, `{ rules: { 'team/name': { … } } }`.
 * @param name a path from the settings file, or the name of a package beside it
 */
export async function loadPlugin(name: string, settingsPath: string): Promise<RegisteredRule[]> {
  const file = createRequire(settingsPath).resolve(name)
  const why = whyNotRun(settingsPath) ?? whyNotRun(file)
  if (why !== undefined) throw new Error(`${why}; --no-config goes without`)
  const importModule: ImportModule = createRequire(import.meta.url)('./import-module.cjs')
  const module = await importModule(pathToFileURL(file).href)
  const own = module.default?.rules
  if (typeof own !== 'object' || own === null) throw new TypeError('its default export has no "rules"')
  return Object.entries(own).map(([id, rule]) => ({ id, rule: checked(id, rule) }))
}

function checked(id: string, rule: Partial<Rule> | null): Rule {
  // Those of ngxlint may become more: only a category of its own keeps a name.
  if (!PLUGIN_RULE.test(id)) throw new TypeError(`the rule "${id}" needs a name as "team/no-such-thing"`)
  const category = id.slice(0, id.indexOf('/'))
  if (categoriesOf(rules).includes(category))
    throw new TypeError(`the rule "${id}" needs another category: "${category}" is one of ngxlint's own`)
  const isWhole =
    typeof rule?.summary === 'string' &&
    severities.includes(rule.severity as Rule['severity']) &&
    [rule.whole, rule.eachFile, rule.eachWebSocketLocation].some((hook) => typeof hook === 'function')
  if (!isWhole)
    throw new TypeError(`the rule "${id}" needs a summary, a severity and something to call for its subjects`)
  return defineRule({ fix: null, see: '', ...rule } as Rule)
}
