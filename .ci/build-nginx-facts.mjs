#!/usr/bin/env node
// Writes src/nginx/facts.generated.ts from the directive table that was extracted from the nginx sources, and from what
// read-module-facts.mjs found in those of further modules.
import { readFileSync, writeFileSync } from 'node:fs'

const [tablePath] = process.argv.slice(2)
if (tablePath === undefined || tablePath === '--help') {
  console.error('usage: node .ci/build-nginx-facts.mjs <nginx-directives.json>')
  process.exit(tablePath === undefined ? 2 : 0)
}
const table = JSON.parse(readFileSync(tablePath, 'utf8'))
const further = JSON.parse(readFileSync(new URL('module-facts.json', import.meta.url), 'utf8'))

/** The fields of a directive that a linter asks for; false and null ones are left out. */
const KEPT_FIELDS = [
  'content',
  'opens',
  'type',
  'values',
  'range',
  'vars',
  'repeatable',
  'repeatEffect',
  'unique',
  'inherit',
  'default',
  'since',
  'sinceArgs',
  'was',
  'removed',
  'deprecated',
  'deprecatedArgs',
  'obsolete',
  'commercial',
  'commercialBefore',
  'commercialArgs',
  'ossSinceArgs',
  'thirdParty',
]
/**
 * Variables of http that are older than the version in the table: it looked for the lines that declare them, and these came later.
 * Prefixes were read in ngx_http_get_variable before 1.11.10, those of two modules were declared by hand before 1.13.4, any header
 * could be named before it had a line of its own, and what a log_format may hold was a table of the log module before 1.3.
 */
const OLDER_VARIABLES = new Set([
  ...['arg_*', 'cookie_*', 'http_*', 'sent_http_*', 'upstream_http_*', 'sent_http_link'],
  ...['ancient_browser', 'modern_browser', 'msie', 'invalid_referer'],
  ...['bytes_sent', 'connection', 'connection_requests', 'msec', 'pipe', 'request_length', 'request_time', 'status'],
  ...['time_iso8601', 'time_local'],
])
const KEPT_VARIABLE_FIELDS = ['since', 'changeable', 'setByUser', 'commercial', 'thirdParty']

const modules = []
const contextLists = []

/** The place of a value in a list that grows as needed. */
function indexIn(list, value) {
  const found = list.indexOf(value)
  return found === -1 ? list.push(value) - 1 : found
}

function kept(entry, fields) {
  // `repeatable: false` is a fact; a missing one means that nobody knows. Everywhere else false means nothing.
  const says = ([field, value]) => value !== undefined && value !== null && (value !== false || field === 'repeatable')
  return Object.fromEntries(fields.map((field) => [field, entry[field]]).filter(says))
}

function directiveRow(entry) {
  return {
    module: indexIn(modules, entry.module),
    contexts: indexIn(contextLists, entry.contexts.join(',')),
    args: entry.args,
    ...(entry.block ? { block: true } : {}),
    ...kept(entry, KEPT_FIELDS),
  }
}

function variableRow(entry, name) {
  const isOlder = entry.family === 'http' && OLDER_VARIABLES.has(name)
  const known = isOlder ? { ...entry, since: undefined } : entry
  return { module: indexIn(modules, entry.module ?? ''), family: entry.family, ...kept(known, KEPT_VARIABLE_FIELDS) }
}

/** A JSON object with one name a line, so that a new nginx version shows as a readable diff. */
function rowsByName(entriesByName, toRow) {
  const lines = Object.entries(entriesByName).map(([name, entries]) => {
    return `${JSON.stringify(name)}:${JSON.stringify(entries.map((entry) => toRow(entry, name)))}`
  })
  return `{\n${lines.join(',\n')}\n}`
}

const asTemplateLiteral = (text) => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
const constant = (name, text) => `export const ${name} = ${asTemplateLiteral(text)}\n`

const directives = rowsByName(table.directives, directiveRow)
const variables = rowsByName(table.variables, variableRow)
const commonModules = modules.length
const furtherDirectives = rowsByName(further.directives, directiveRow)
const furtherVariables = rowsByName(further.variables, variableRow)

writeFileSync(
  new URL('../src/nginx/facts.generated.ts', import.meta.url),
  [
    `// Facts about nginx ${table.nginx}. DO NOT EDIT: written by .ci/build-nginx-facts.mjs.\n`,
    constant('modulesJson', JSON.stringify(modules.slice(0, commonModules))),
    constant('furtherModulesJson', JSON.stringify(modules.slice(commonModules))),
    constant('contextListsJson', JSON.stringify(contextLists.map((list) => list.split(',')))),
    constant('directivesJson', directives),
    constant('variablesJson', variables),
    constant('furtherDirectivesJson', furtherDirectives),
    constant('furtherVariablesJson', furtherVariables),
  ].join('\n'),
)
