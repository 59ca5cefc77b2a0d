import type { Directive } from '../../src/config/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'

export default defineRule({
  summary: 'A `proxy_redirect default` without a `proxy_pass` above it that it could be made of',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_redirect',

  whole(subject, report) {
    for (const { name, group } of placedByName(subject)) {
      if (name !== 'proxy_redirect') continue
      for (const [directive] of group.judged(isDefault)) {
        const refusal = refusalOf(directive)
        if (!refusal) continue
        const { pass, why } = refusal
        report({
          at: directive,
          message: `nginx does not start: ${why(pass ? lineReference(pass, directive, subject.model.configuration) : '')}`,
          related: pass ? [relatedDirective(pass, 'the proxy_pass')] : [],
        })
      }
    }
  },
})

function isDefault({ values }: Directive): true | undefined {
  return values.length === 1 && values[0] === 'default' ? true : undefined
}

interface Refusal {
  readonly pass?: Directive
  why(line: string): string
}

/** ngx_http_proxy_redirect: it is made at once, of the URL and of the path of the location. */
function refusalOf(directive: Directive): Refusal | undefined {
  const beside = directive.parent?.children
  // A file by itself may be included behind a proxy_pass, as may one that nobody could read have one.
  if (!beside || beside.some(({ file, unresolved }) => unresolved || file.template)) return undefined
  const at = beside.findIndex(({ name }) => name === 'proxy_pass')
  const pass = beside[at]
  if (!pass)
    return { why: () => 'this block has no "proxy_pass" to make it of; take it away, for it is what holds anyhow' }
  if (at > beside.indexOf(directive)) return { pass, why: (line) => `move it below the "proxy_pass" of ${line}` }
  const url = pass.argument(0) ?? ''
  if (!url.includes('$') || isPlaceholder(url)) return undefined
  return {
    pass,
    why: (line) =>
      `the "proxy_pass" of ${line} has variables, of which it can't be made; write "off", or what to replace`,
  }
}
