import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import type { WebSocketLocation } from '../../src/effective/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { colonAdvice, withoutColon } from '../../src/lint/header-colon.ts'
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
  const block = directive.parent?.children ?? model.configuration.directives
  const isAlone = countsIn(block, directive.name).get(nameOf(directive)) === 1
  const edits = isAlone ? withoutColon(directive) : []
  // nginx has sent its own Connection so far: from then on a backend may be asked to keep the connection, or not to.
  return { at, message, edits, ...(nameOf(directive) === 'connection' ? { safety: 'unsafe' } : {}) }
}

/** How many rows of a block set each header. */
const countsIn = memoize((block: readonly Directive[], name: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const row of block) if (row.name === name) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1)
  return counts
})

function nameOf(row: Directive): string {
  return headerName(row.argument(0) ?? '').toLowerCase()
}

/** The rules for WebSockets tell of these, and mend them together with what else a handshake lacks. */
const rowsOfHandshakes = memoize((webSockets: readonly WebSocketLocation[]): ReadonlySet<Statement> => {
  const headers = webSockets.flatMap(({ handshake }) => [handshake.upgrade, handshake.connection])
  return new Set(
    headers.flatMap(({ state, rows }) => (state === 'colon' ? rows.map(({ statement }) => statement) : [])),
  )
})
