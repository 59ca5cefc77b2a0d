import { type Configuration, type Directive, inventoryOf } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { type OtherCase, otherCase, variablesIn } from '../../src/effective/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { familyOf } from '../../src/nginx/context.ts'
import { decodeForDisplay, layout, type Word } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'An `if` asks for handshakes in a spelling that no browser has, and takes them for ordinary requests',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',

  whole(subject, report) {
    const { configuration } = subject.model
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name !== 'if' || familyOf(contexts[0] ?? 'main') !== 'http') continue
      for (const [directive, other] of group.judged(otherCase)) {
        const deciding = decidingLine(directive, other, configuration)
        if (!deciding) continue
        const condition = mended(directive, other, configuration)
        report({
          at: directive,
          message: `${message(other)}${condition ? `: write "if ${decodeForDisplay(condition.text)}"` : ''}`,
          ...(condition && { edits: condition.edits }),
          // These lead handshakes elsewhere from then on.
          ...(deciding.name !== 'set' && !other.isMet && { safety: 'unsafe' }),
        })
      }
    }
  },
})

function message({ variable, sent, compared, kind, isMet }: OtherCase): string {
  const header = variable === 'http_upgrade' ? 'Upgrade' : 'Connection'
  const how = kind === 'equal' ? '=' : '~'
  return `${isMet ? 'every' : 'no'} handshake meets this condition: browsers send "${header}: ${sent}", and "${isMet ? '!' : ''}${how}" compares it with "${decodeForDisplay(compared)}" letter by letter`
}

/** What a request that meets the condition, or does not, has of it: it gets other headers, or another answer. */
function decidingLine({ block }: Directive, { isMet }: OtherCase, configuration: Configuration): Directive | undefined {
  return block?.directives.find(({ name, values }) => {
    if (name === 'set') return valuesSentOn(configuration).has(values[0]?.slice(1).toLowerCase() ?? '')
    // A handshake is turned away, or led on to a location of its own. What turns none away does no harm.
    if (name === 'return') return isMet || pagesOf(configuration).has(values[0] ?? '')
    return name === 'rewrite' || name === 'proxy_pass'
  })
}

/** What decides on where a request goes, and what the backend gets of it. */
const READERS: ReadonlySet<string> = new Set([
  'proxy_set_header',
  'proxy_pass',
  'if',
  'set',
  'rewrite',
  'return',
  'try_files',
  'map',
  'error_page',
] as const)

/** The variables that they read, in lower case. */
const valuesSentOn = memoize((configuration: Configuration): ReadonlySet<string> => {
  const read = new Set<string>()
  for (const { name, directive } of readers(configuration))
    for (const value of directive.values.slice(name === 'set' ? 1 : 0, name === 'map' ? 1 : undefined))
      for (const variable of variablesIn(value)) read.add(variable.toLowerCase())
  return read
})

/** The statuses that an `error_page` is for. */
const pagesOf = memoize((configuration: Configuration): ReadonlySet<string> => {
  const pages = readers(configuration).filter(({ name }) => name === 'error_page')
  return new Set(pages.flatMap(({ directive }) => directive.values.slice(0, -1)))
})

/** Whether captures of a regex are read, which one in an `if` takes away; a `rewrite` reads its own. */
const readsCaptures = memoize((configuration: Configuration): boolean =>
  readers(configuration).some(
    ({ name, directive }) => name !== 'rewrite' && directive.values.some((value) => /\$\{?[1-9]/.test(value)),
  ),
)

const readers = memoize((configuration: Configuration) =>
  inventoryOf(configuration).groups.flatMap((group) =>
    READERS.has(group.name) ? group.alike().map((directive) => ({ name: group.name, directive })) : [],
  ),
)

/** The condition as it should be, and the edits that make it so. */
function mended(
  { file, statement }: Directive,
  { variable, sent, compared, kind, isMet }: OtherCase,
  configuration: Configuration,
): { readonly text: string; readonly edits: readonly FileEdit[] } | undefined {
  const keepsCaptures = kind === 'equal' && variable === 'http_upgrade' && readsCaptures(configuration)
  const written = kind === 'regex' ? compared : keepsCaptures ? sent : variable === 'http_upgrade' ? `^${sent}$` : sent
  const operator = keepsCaptures ? undefined : `${isMet ? '!' : ''}~*`
  const [, ...words] = statement.words
  const at = words.findIndex(({ value }) => /^!?[=~]$/.test(value))
  const [old, value] = [words[at], words[at + 1]]
  const found = value?.raw.indexOf(compared) ?? -1
  if (!old || !value || found === -1) return undefined
  const start = value.start + found
  const edits = [
    ...(operator ? [layout.replace(old, operator)] : []),
    ...(written === compared ? [] : [layout.replace({ start, end: start + compared.length }, written)]),
  ]
  const text = words.map((word) => rawOf(word, { old, operator, value, compared, written })).join(' ')
  return { text: text.replace(/ \)$/, ')').replace(/^\( /, '('), edits: edits.map((edit) => ({ file, edit })) }
}

interface Change {
  readonly old: Word
  readonly operator: string | undefined
  readonly value: Word
  readonly compared: string
  readonly written: string
}

function rawOf(word: Word, { old, operator, value, compared, written }: Change): string {
  if (word === old) return operator ?? old.raw
  return word === value ? word.raw.replace(compared, () => written) : word.raw
}
