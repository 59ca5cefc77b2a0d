import type { Directive } from '../../src/config/index.ts'
import { locationPattern } from '../../src/effective/index.ts'
import type { AddressProblem } from '../../src/lint/address-problem.ts'
import { serverProblem, uriOfUrl, urlProblem } from '../../src/lint/backend-problems.ts'
import { curlyAddress } from '../../src/lint/curly-address.ts'
import { isAddressPass, passProblem, portMissing } from '../../src/lint/pass-problems.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { type UpstreamNames, upstreamNames } from '../../src/lint/upstream-names.ts'
import { relatedDirective } from '../../src/lint/wording.ts'
import type { Context } from '../../src/nginx/context.ts'
import { CURLY_QUOTE_LENGTH } from '../../src/nginx/curly-quotes.ts'
import { decodeForDisplay, headText, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary:
    'nginx refuses the address of a backend: in `proxy_pass`, `fastcgi_pass` and others, or in a `server` of an upstream',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  whole(subject, report) {
    const upstreams = (family: 'http' | 'stream') => upstreamNames(family, subject.model.configuration)
    for (const { name, contexts, group } of placedByName(subject)) {
      const problemOf = problemsOf(name, contexts, upstreams)
      if (!problemOf) continue
      for (const [directive, problem] of group.judged((one) => judge(one, problemOf)))
        report(finding(directive, problem))
      if (name !== 'proxy_pass' || contexts.some((context) => !OF_HTTP.has(context))) continue
      for (const [directive, uri] of group.judged(uriOf)) {
        const around = directive.parent
        if (around && !mayHaveUri(around)) report(uriFinding(directive, uri, around))
      }
    }
  },
})

const OF_HTTP: ReadonlySet<Context> = new Set(['location', 'if in location', 'limit_except'])
const OF_UPSTREAMS: ReadonlySet<Context> = new Set(['upstream', 'stream upstream'])

type ProblemOf = (value: string, directive: Directive) => AddressProblem | undefined

/** In `stream` a `proxy_pass` has an address and no URL. */
function problemsOf(
  name: string,
  contexts: readonly Context[],
  upstreams: (family: 'http' | 'stream') => UpstreamNames,
): ProblemOf | undefined {
  const isOnly = (context: Context) => contexts.every((one) => one === context)
  const isOfHttp = contexts.every((context) => OF_HTTP.has(context))
  if (name === 'proxy_pass' && isOfHttp) return (url) => urlProblem(url, upstreams('http'))
  if (name === 'proxy_pass' && isOnly('stream server')) return (value) => passProblem(name, value, upstreams('stream'))
  if (isAddressPass(name) && isOfHttp) return (value) => passProblem(name, value, upstreams('http'))
  if (name !== 'server' || !contexts.every((context) => OF_UPSTREAMS.has(context))) return undefined
  return isOnly('stream upstream') ? (value, { values }) => serverProblem(value) ?? portMissing(values) : serverProblem
}

/** With variables in it nginx takes it apart anew for each request. */
function judge(directive: Directive, problemOf: ProblemOf): AddressProblem | undefined {
  const value = directive.argument(0)
  // Of words too many, as a blank behind "http://" makes them, directives/arguments tells.
  if (directive.name !== 'server' && directive.values.length > 1) return undefined
  if (value === undefined || value.includes('$') || isPlaceholder(value)) return undefined
  return curlyProblem(directive) ?? problemOf(value, directive)
}

/** Of a URL or an address in curly quotes. */
function curlyProblem({ name, values }: Directive): AddressProblem | undefined {
  const address = curlyAddress(name, values)
  if (address === undefined) return undefined
  return {
    message: `nginx does not start: the quotes of ${decodeForDisplay(values[0] ?? '')} are no quotes to nginx, but a part of the address: write "${decodeForDisplay(address)}"`,
    start: { length: CURLY_QUOTE_LENGTH, text: '' },
    end: CURLY_QUOTE_LENGTH,
    safety: 'unsafe',
  }
}

function finding(directive: Directive, { message, start, end = 0, safety = 'safe' }: AddressProblem): Finding {
  const { file, arguments: words } = directive
  const word = words[0]
  if (!word) return { at: directive, message }
  const first = word.start + word.quote.length
  const last = word.end - word.quote.length
  const isPlain = file.source.text.slice(first, last) === word.value
  const edits = [
    ...(start ? [layout.replace({ start: first, end: first + start.length }, start.text)] : []),
    ...(end > 0 ? [layout.replace({ start: last - end, end: last }, '')] : []),
  ].filter((edit) => edit.start < edit.end || edit.text !== '')
  return {
    at: { file, span: { start: word.start, end: word.end } },
    message,
    safety,
    edits: isPlain ? edits.map((edit) => ({ file, edit })) : [],
  }
}

/** The path of a URL that nginx takes in a location with a path of its own. */
function uriOf(directive: Directive): string | undefined {
  const value = directive.argument(0) ?? ''
  return value.includes('$') || isPlaceholder(value) ? undefined : uriOfUrl(value)
}

/** ngx_http_proxy_pass: what the path stands for must be known. */
function mayHaveUri(around: Directive): boolean {
  if (around.name !== 'location') return false
  const { match } = locationPattern(around)
  return match !== 'named' && match !== 'regex' && match !== 'regex-ignoring-case'
}

function uriFinding(directive: Directive, uri: string, around: Directive): Finding {
  const url = directive.argument(0) ?? ''
  const without = decodeForDisplay(url.slice(0, -uri.length))
  const shown = decodeForDisplay(uri)
  const how =
    uri === '/'
      ? `write "${without}"`
      : `take "${shown}" away, and change the path by a "rewrite" with "break" where it has to be another`
  const message = `nginx does not start: in "${headText(around.statement)}" the URL of "proxy_pass" may have no path, as "${shown}" is; ${how}`
  // Another place that includes the file may need it.
  const isMendable = uri === '/' && around.file === directive.file
  const found = finding(directive, { message, ...(isMendable && { end: uri.length }) })
  return { ...found, related: [relatedDirective(around, 'the block that it stands in')] }
}
