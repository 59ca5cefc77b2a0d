import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { definedNames } from '../../src/lint/variable-names.ts'
import { familyOf } from '../../src/nginx/context.ts'
import { isBuiltinVariable, type VariableFamily } from '../../src/nginx/variables.ts'
import { layout, type Word } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The name of a variable without its `$`: nginx takes the letters themselves',
  severity: 'warn',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',

  whole(subject, report) {
    const defined = definedNames(subject.model.configuration)
    const isVariable = (name: string, family: VariableFamily) =>
      isBuiltinVariable(name, family) || defined.has(name.toLowerCase())
    for (const { name, contexts, group } of placedByName(subject)) {
      const key = KEYS.get(name)
      const family = familyOf(contexts[0] ?? 'main')
      if (!key || (family !== 'http' && family !== 'stream')) continue
      const { index, names, effect } = key
      const missed = (directive: Directive) => {
        const value = directive.argument(index) ?? ''
        if (!names.test(value) || !isVariable(value, family) || isOfHandshake(directive)) return undefined
        return `"${value}" is a text, and no variable: ${effect}; did you mean "$${value}"?`
      }
      for (const [directive, message] of group.judged(missed)) {
        const word = directive.arguments[index] as Word
        const edit = layout.replace(word, word.raw.replace(/^['"]?/, '$&$$'))
        report({ at: argumentPlace(directive, index), message, edits: [{ file: directive.file, edit }] })
      }
    }
  },
})

/** An argument that is the same for every request, and so of no use, without a variable in it. */
interface Key {
  readonly index: number
  /** What may be taken for the name of a variable. */
  readonly names: RegExp
  readonly effect: string
}

const ANY_NAME = /^[a-z]\w*$/i
/** A text for a backend may well be `host`, and is hardly `remote_addr`. */
const NAME_OF_TWO_WORDS = /^[a-z]+_\w+$/i

const chosen: Key = { index: 0, names: ANY_NAME, effect: 'the value is the same for all requests' }
const limited: Key = { index: 0, names: ANY_NAME, effect: 'all clients share one limit' }
const cached: Key = { index: 0, names: ANY_NAME, effect: 'all requests get the same answer of the cache' }
const sent: Key = { index: 1, names: NAME_OF_TWO_WORDS, effect: 'the backend gets these letters' }

const KEYS: ReadonlyMap<string, Key> = new Map([
  ['map', chosen],
  ['split_clients', chosen],
  ['limit_req_zone', limited],
  ['limit_conn_zone', limited],
  ['hash', { index: 0, names: ANY_NAME, effect: 'all requests go to one server' }],
  ['proxy_cache_key', cached],
  ['fastcgi_cache_key', cached],
  ['scgi_cache_key', cached],
  ['uwsgi_cache_key', cached],
  ['proxy_set_header', sent],
  ['grpc_set_header', sent],
  ['fastcgi_param', sent],
  ['scgi_param', sent],
  ['uwsgi_param', sent],
])

/** The rules for WebSockets tell of these. */
function isOfHandshake({ name, values }: Directive): boolean {
  return name === 'proxy_set_header' && /^(?:upgrade|connection):?$/i.test(values[0] ?? '')
}
