import type { Directive } from '../config/index.ts'
import type { Reason } from '../diagnose/case.ts'
import type { Trace } from '../diagnose/trace.ts'
import type { Verdict } from '../diagnose/verdict.ts'
import type { BeatenLocation, Outcome, ServerChoice, UpstreamHeader, UpstreamPart } from '../effective/index.ts'
import type { Place } from '../lint/problem.ts'
import { placeOf } from '../lint/run.ts'
import { decodeForDisplay, headText } from '../syntax/index.ts'
import { HANG, Page } from './page.ts'
import { displayPath } from './paths.ts'
import type { Display } from './report.ts'
import { styleFor } from './style.ts'

/** The exit codes of a verdict. */
export const verdictCodes = { opens: 0, fails: 1, unknown: 2 } as const

/** A trace for people. */
export function renderTrace(trace: Trace, { cwd, width, hasColor }: Display): string {
  const page = new Page(width, styleFor(hasColor))
  writeTrace(page, trace, cwd)
  return page.toString()
}

export function writeTrace(page: Page, trace: Trace, cwd: string): void {
  const at = placeNamer(cwd)
  const { outcome, request, url } = trace
  const tls = url.isTls ? ' over TLS' : ''
  page.heading('Request', `${request.method} ${request.target}, Host: ${hostOf(trace)}, to port ${url.port}${tls}`)
  writeServer(page, trace, at)
  writeWay(page, trace, at)
  writeLocation(page, trace, at)
  if (outcome.kind === 'proxied') writeUpstream(page, trace, outcome, at)
  writeVerdict(page, trace.verdict, at)
}

type Namer = (at: Directive | Place | undefined) => string

/** `conf.d/app.conf:12` */
function placeNamer(cwd: string): Namer {
  return (at) => {
    if (!at) return ''
    const { file, span } = placeOf(at)
    return `${displayPath(file.path, cwd)}:${file.source.lineAt(span.start)}`
  }
}

export function textOf(directive: Directive): string {
  return decodeForDisplay(headText(directive.statement))
}

/** A step's own words may go beyond bytes; what it quotes of a request is bytes. */
export function shownStep(text: string): string {
  return /[^\0-\xff]/.test(text) ? text : decodeForDisplay(text)
}

function hostOf({ request }: Trace): string {
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  return host === undefined ? '(none)' : decodeForDisplay(host)
}

function writeServer(page: Page, { outcome, ports, listeners, url }: Trace, at: Namer): void {
  const { server } = outcome
  if (!server) {
    const place = listeners.length > 0 ? `${url.host}:${url.port}` : `port ${url.port}`
    const others = listeners.length > 0 ? listeners : ports
    page.heading('Server', `none listens on ${place}`)
    if (others.length > 0) page.text(`listened on: ${others.join(', ')}`, { indent: HANG })
    return
  }
  const block = server.server.directive
  page.heading('Server', block ? `${at(block)}` : 'the one around this file')
  const { group, reason } = server
  const listens =
    group.servers.length === 1
      ? 'alone'
      : `with ${group.servers.length - 1} other${group.servers.length > 2 ? 's' : ''}`
  const address = `${group.address}:${group.port ?? '?'}`
  page.text(`listens ${listens} on ${address}${group.isTls ? ' with TLS' : ''}`, { indent: HANG })
  page.pair(serverReason(server), 'directive' in reason ? at(reason.directive) : '', HANG)
}

function serverReason({ reason, group }: ServerChoice): string {
  const isAlone = group.servers.length === 1
  switch (reason.kind) {
    case 'exact name':
      return `chosen by its exact name: ${decodeForDisplay(reason.name)}`
    case 'wildcard':
      return `chosen by its wildcard name ${decodeForDisplay(reason.name)}: no exact name fits`
    case 'regex':
      return `chosen by its regex name ~${decodeForDisplay(reason.name)}: no other name fits`
    case 'no name':
      return 'chosen since it has no name, and the request has no host'
    case 'default': {
      const why = reason.directive?.arguments.some(({ value }) => /^default(?:_server)?$/.test(value))
        ? 'default_server'
        : isAlone
          ? 'the only one'
          : 'the first one there'
      return `no server_name fits: the default answers (${why})`
    }
  }
}

/** What happens between, where anything does. */
function writeWay(page: Page, { outcome }: Trace, at: Namer): void {
  const steps = outcome.steps.slice(1)
  const isOnlyLocation = steps.every((step) => step.path !== undefined || step.directive?.name === 'proxy_pass')
  if (steps.length === 0 || (isOnlyLocation && steps.filter(({ path }) => path !== undefined).length < 2)) return
  const lines = steps.map(({ directive, text }): [string, string] => [
    directive ? `${textOf(directive)}: ${shownStep(text)}` : shownStep(text),
    at(directive),
  ])
  const again = lines.findIndex((line, index) => lines.slice(0, index).some((other) => other.join() === line.join()))
  const shown = again === -1 ? lines : lines.slice(0, again)
  page.headedPairs('Way', shown)
  if (again === -1) return
  page.text('… and so on, round and round', { indent: HANG })
  const last = lines.at(-1) as [string, string]
  if (!shown.some((line) => line.join() === last.join())) page.pair(...last, HANG)
}

const BEATEN: Readonly<Record<BeatenLocation['why'], string>> = {
  'exact match': '"=" wins at once',
  'longer prefix': 'its prefix is shorter',
  'prefix before regexes': '"^~" keeps regexes from being tried',
  'nested location': 'what is nested in the longest prefix goes first',
  'regex before prefixes': 'a regex goes before it',
  'earlier regex': 'the regex stands after it',
  'slash redirect': 'the slashed one redirects',
}

function writeLocation(page: Page, { outcome, beaten, path = '' }: Trace, at: Namer): void {
  if (!('location' in outcome)) return
  const directive = outcome.location?.directive
  if (!directive && !outcome.steps.some((step) => step.path !== undefined)) return
  const name = directive ? textOf(directive) : `none for ${decodeForDisplay(path)}`
  page.heading('Location', directive ? `${at(directive)}  ${name}` : name)
  for (const { location, why } of beaten)
    if (location.directive)
      page.pair(`beats ${textOf(location.directive)}: ${BEATEN[why]}`, at(location.directive), HANG)
}

function writeUpstream(
  page: Page,
  { dropped, upstream: block }: Trace,
  { upstream }: Extract<Outcome, { kind: 'proxied' }>,
  at: Namer,
): void {
  const { scheme, authority, method, uri, version, headers, directive } = upstream
  const goal = authority === undefined ? textOf(directive) : `${scheme}://${authority}`
  page.heading('Backend', `${decodeForDisplay(goal)} gets`)
  if (block) page.pair(`(${upstreamText(block)})`, at(block), 2)
  page.pair(`${shown(method)} ${shown(uri)} HTTP/${shown(version)}`, requestOrigins(method, uri, version, at), 2)
  for (const header of headers) page.pair(`${header.name}: ${shownHeader(header)}`, originOf(header, at), 2)
  for (const { name, by } of dropped) page.pair(`(no ${name})`, by ? at(by) : 'default: not passed on', 2)
}

/** `app: 127.0.0.1:3000, 127.0.0.1:3001 backup` */
function upstreamText(block: Directive): string {
  const servers = block.named('server').map((server) =>
    server.arguments
      .map(({ value }) => value)
      .filter((word, index) => index === 0 || word === 'backup' || word === 'down')
      .join(' '),
  )
  const some = servers.slice(0, SHOWN_SERVERS).join(', ') || 'no servers'
  const left = servers.length - SHOWN_SERVERS
  return decodeForDisplay(`upstream ${block.argument(0)}: ${some}${left > 0 ? ` and ${left} more` : ''}`)
}

const SHOWN_SERVERS = 3

function shown({ value }: UpstreamPart): string {
  return value === undefined ? '?' : decodeForDisplay(value)
}

/** A value that is not known is shown as it is written. */
function shownHeader({ value, origin }: UpstreamHeader): string {
  if (value !== undefined) return decodeForDisplay(value)
  return origin.kind === 'directive' ? decodeForDisplay(origin.directive.argument(1) ?? '?') : '?'
}

function requestOrigins(method: UpstreamPart, uri: UpstreamPart, version: UpstreamPart, at: Namer): string {
  const parts = [
    ...(method.origin.kind === 'client' ? [] : [`method: ${originOf(method, at)}`]),
    ...(uri.origin.kind === 'client' ? [] : [`path: ${originOf(uri, at)}`]),
    `version: ${originOf(version, at)}`,
  ]
  return parts.join(', ')
}

function originOf({ origin, value }: UpstreamPart, at: Namer): string {
  switch (origin.kind) {
    case 'directive':
      return at(origin.directive)
    case 'client':
      return 'client'
    case 'default': {
      if (!origin.changedIn) return 'default'
      return `default ${isOlder(value) ? 'before' : 'since'} ${origin.changedIn}`
    }
  }
}

/** The defaults that 1.29.7 did away with. */
function isOlder(value: string | undefined): boolean {
  return value === '1.0' || value === 'close'
}

const MARKS = { opens: 'good', fails: 'error', unknown: 'warning' } as const

export function writeVerdict(page: Page, { kind, summary, reasons, doubts, notes, cure }: Verdict, at: Namer): void {
  const paint = page.style[MARKS[kind]]
  page.blank()
  page.text(summary, { indent: 0, mark: 'Verdict'.padEnd(HANG - 1), paint })
  for (const reason of reasons) writeReason(page, reason, at, 'breaks', page.style.error)
  if (cure !== undefined) page.text(cure, { indent: 'breaks'.length + 3 })
  for (const doubt of doubts) writeReason(page, doubt, at, kind === 'unknown' ? 'unless' : 'note', page.style.warning)
  for (const note of notes) writeReason(page, note, at, 'note', page.style.info)
}

function writeReason(
  page: Page,
  { text, ruleId, at: where }: Reason,
  at: Namer,
  mark: string,
  paint: (text: string) => string,
) {
  const place = where ? `${at(where)}: ` : ''
  page.text(`${place}${text}${ruleId ? ` [${ruleId}]` : ''}`, {
    indent: 2,
    mark: mark.padEnd(6),
    paint,
  })
}
