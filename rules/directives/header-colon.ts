import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { isHostWithColon, type WebSocketLocation } from '../../src/effective/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { colonAdvice, isAloneWithHeader, lowerName, withoutColon } from '../../src/lint/header-colon.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { hasColon, headerName, type NamedHeader, namesHeader } from '../../src/nginx/header-rows.ts'
import { decodeForDisplay, type Statement } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The name of a header ends in a colon, and nobody knows the header by that name',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',

  whole(subject, report) {
    for (const { name, group } of placedByName(subject)) {
      const use = namesHeader.get(name)
      if (!use) continue
      for (const [directive, message] of group.judged((one) => faultOf(one, use)))
        if (!rowsOfHandshakes(subject.webSockets).has(directive.statement))
          report(finding(directive, message, use, subject))
    }
  },
})

function faultOf(directive: Directive, use: NamedHeader): string | undefined {
  const [written = '', value = ''] = directive.values
  const name = headerName(written)
  if (!hasColon(written) || name === '') return undefined
  const line = `"${decodeForDisplay(`${written}: ${value}`)}"`
  const what = {
    sent: `the backend gets ${line}`,
    'sent over HTTP/2': 'no header of HTTP/2 may have one in its name',
    shown: `clients get ${line}`,
    'looked for': 'no header has that name',
  }[use]
  return `${what}: ${colonAdvice(decodeForDisplay(name))}`
}

function finding(directive: Directive, message: string, use: NamedHeader, { model }: Subject): Finding {
  const at = argumentPlace(directive, 0)
  // What browsers are told from then on may keep pages from working: a person decides.
  if (use === 'shown' || use === 'looked for')
    return { at, message, severity: 'warn', safety: 'unsafe', edits: withoutColon(directive) }
  // Where its block has another row of that header, the backend would get both, and a person knows which is meant.
  const edits = isAloneWithHeader(directive, model) ? withoutColon(directive) : []
  // nginx has sent its own Connection so far: from then on a backend may be asked to keep the connection, or not to.
  return { at, message, edits, ...(lowerName(directive) === 'connection' ? { safety: 'unsafe' } : {}) }
}

/** The rules for WebSockets tell of these, and mend them together with what else a handshake lacks. */
const rowsOfHandshakes = memoize((webSockets: readonly WebSocketLocation[]): ReadonlySet<Statement> => {
  const rows = webSockets.flatMap(({ evidence, handshake: { upgrade, connection, obstacles } }) => [
    ...[upgrade, connection].flatMap(({ state, rows }) => (state === 'colon' || state === 'misspelt' ? rows : [])),
    ...(evidence.isCertain ? obstacles.flatMap((one) => (isHostWithColon(one) ? one.directive : [])) : []),
  ])
  return new Set(rows.map(({ statement }) => statement))
})
