import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { inherited, isTelling, type Model, type Scope, tells } from '../../src/effective/index.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { lineReference, locationName, relatedDirective } from '../../src/lint/wording.ts'

export default defineRule({
  summary: 'A location has the headers of a handshake, and no `proxy_pass` that would send them',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  whole({ model }, report) {
    for (const scope of model.scopes) {
      if (scope.kind !== 'location' || !tells(scope, model) || proxies(scope)) continue
      const row = scope.own('proxy_set_header').find((one) => isTelling(one, model))
      if (row && answersByFiles(scope)) report(finding(scope, row, model))
    }
  },
})

/** Whether it, or a block in it, hands requests on. */
function proxies(scope: Scope): boolean {
  for (const inner of scope.inwards()) if (inner.own('proxy_pass').length > 0) return true
  return false
}

/** Directives that neither make an answer nor send a request elsewhere. */
const INERT =
  /^(?:proxy_(?!pass$)|client_|auth_|limit_(?!except$)|gzip|keepalive_|tcp_|resolver|send_timeout$|add_header$|expires$|etag$|set$|allow$|deny$|satisfy$|include$|access_log$|error_log$|chunked_transfer_encoding$)/

/** Whether a location has nothing but settings: it looks for files then. */
function answersByFiles(scope: Scope): boolean {
  if (scope.unresolved.length > 0 || !scope.content.every(({ name }) => INERT.test(name))) return false
  const { directives, certainty } = inherited(scope, 'error_page')
  return directives.length === 0 && certainty !== 'unresolved'
}

function finding(scope: Scope, row: Directive, { configuration }: Model): Finding {
  const at = scope.directive ?? row
  const outer = outerPass(scope)
  const like = outer
    ? `as "${outer.name} ${outer.argument(0)}" of ${lineReference(outer, at, configuration)}`
    : 'to the backend'
  const isOpen = inherited(scope, 'error_page').certainty === 'outside'
  return {
    at,
    message: `${locationName(scope)} sets the headers of a handshake, and has no "proxy_pass", which is not inherited: nginx looks for a file and answers 404; add one, ${like}`,
    related: [
      relatedDirective(row, 'sent to nobody'),
      ...(outer ? [relatedDirective(outer, 'holds for its own location alone')] : []),
    ],
    ...(isOpen && { severity: 'warn' }),
  }
}

/** The `location /` of a level: thousands may ask for it. */
const rootIn = memoize((level: Scope) => level.children.find(({ directive }) => directive?.values.join(' ') === '/'))

/** The `proxy_pass` of the location around, or else of `location /`. */
function outerPass(scope: Scope): Directive | undefined {
  for (const level of scope.outwards()) {
    const [pass] = [level, rootIn(level)].flatMap((one) => one?.own('proxy_pass').at(-1) ?? [])
    if (pass || level.kind === 'server') return pass
  }
  return undefined
}
