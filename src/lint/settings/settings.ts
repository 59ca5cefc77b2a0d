import { parseVersion } from '../../nginx/version.ts'
import { categoriesOf, PLUGIN_RULE } from '../built-in.ts'
import { type Severity, severities, severityAliases } from '../problem.ts'
import type { RegisteredRule } from '../rule.ts'
import {
  type Fields,
  listOf,
  oneOf,
  oneOrMore,
  orTable,
  type ReadFields,
  type Shape,
  table,
  tableOf,
  text,
} from './shape.ts'

/** What a settings file says. Paths and globs are as they are written. */
export type Settings = ReadFields<ReturnType<typeof settingsFields>>

/** A severity, or one beside options of the rule. */
export type RuleSetting = Severity | ({ readonly severity?: Severity } & Readonly<Record<string, unknown>>)
export type RuleTable = Readonly<Record<string, RuleSetting>>

/** The shape of a settings file, for the rules that there are. */
export function settingsShape(rules: readonly RegisteredRule[]): Shape<Settings> {
  return table(settingsFields(rules))
}

export function settingsFields(rules: readonly RegisteredRule[]) {
  const ruleTable = rulesShape(rules)
  return {
    $schema: { shape: text(), describe: 'The JSON Schema of this file, for editors.' },
    root: {
      shape: oneOrMore(path),
      describe:
        'The main configuration that fragments such as conf.d/site.conf belong to, from the folder of this file.',
    },
    pathMap: {
      shape: tableOf(path, { pattern: /^\//, words: 'an absolute path' }),
      describe: 'Where the files lie that includes name by the path they have on the server.',
    },
    prefix: { shape: path, describe: 'The folder that relative includes start at; that of the main file otherwise.' },
    nginxVersion: {
      shape: version,
      describe: 'The version of nginx that the configuration is for; "auto" asks the nginx at hand.',
    },
    rules: { shape: ruleTable, describe: 'The severity of rules, and their options.' },
    overrides: {
      shape: listOf(
        table(
          {
            files: { shape: oneOrMore(glob), describe: 'Globs of the files that this is for.' },
            rules: { shape: ruleTable, describe: 'The severity of rules in these files, and their options.' },
          },
          'setting',
          ['files'],
        ),
      ),
      describe: 'Other rules for some files; of several that fit, the last holds.',
    },
    ignore: { shape: listOf(glob), describe: 'Globs of files about which nothing is reported.' },
    websocket: {
      shape: table({
        locations: {
          shape: listOf(locationPath),
          describe: 'Locations that are meant for WebSockets: as in their "location" line, or as globs of their paths.',
        },
        ignore: { shape: listOf(locationPath), describe: 'Locations that are not, whatever they look like.' },
      }),
      describe: 'What can not be told from the configuration itself.',
    },
    modules: {
      shape: listOf(text({ words: 'the name of a directive or a module', pattern: /^[\w*.-]+$/ })),
      describe:
        'Directives (or globs of them) of third-party modules, and names of such modules, that are taken for known.',
    },
    plugins: {
      shape: listOf(text({ words: 'the path of a module, as "./rules.mjs", or the name of a package' })),
      describe: 'Modules with rules of your own.',
    },
    baseline: { shape: path, describe: 'The file of the problems that are known, and not reported.' },
  } satisfies Fields
}

const path = text({ words: 'a path' })
const glob = text({ words: 'a glob, as "conf.d/*.conf"' })
const locationPath = text({ words: 'a path or a "location" line without its first word, as "/ws/" or "~ ^/ws"' })
const severity = oneOf(severities, severityAliases)

const version: Shape<string> = {
  words: 'a version of nginx, as "1.24.0", or "auto"',
  schema: { type: 'string', pattern: '^(?:auto|\\d+\\.\\d+(?:\\.\\d+)?)$' },
  read(value, report) {
    const given = text({ words: version.words }).read(value, report)
    if (given === undefined || given === 'auto' || parseVersion(given)) return given
    report({ ...value, message: `must be ${version.words}, not "${given}"` })
    return undefined
  },
}

function rulesShape(rules: readonly RegisteredRule[]): Shape<RuleTable> {
  const fields = rules.map(({ id, rule }) => {
    const withOptions = table({ severity: { shape: severity, describe: 'How bad it is.' }, ...rule.options }, 'option')
    return [id, { shape: orTable(severity, withOptions), describe: `${rule.summary}.` }] as const
  })
  const shape = table(Object.fromEntries(fields), 'rule') as Shape<RuleTable>
  // The schema is the same for everybody: it can't know the rules of plugins, but that their categories are others.
  const others = `^(?!(?:${categoriesOf(rules).join('|')})/)${PLUGIN_RULE.source.slice(1)}`
  const plugin = { anyOf: [severity.schema, { type: 'object', properties: { severity: severity.schema } }] }
  return { ...shape, schema: { ...shape.schema, patternProperties: { [others]: plugin } } }
}
