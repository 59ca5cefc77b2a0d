import type { TargetVersion } from '../nginx/version.ts'
import { requestHost } from './host.ts'
import { setting } from './inheritance.ts'
import type { ClientRequest, Header } from './request.ts'
import type { Scope } from './scope.ts'
import { defaultChoice, findServer, type ListenGroup, type ServerChoice } from './servers.ts'
import type { RequestTarget } from './uri.ts'

/** What nginx makes of the headers of a request. */
export interface AcceptedHeaders {
  readonly server: ServerChoice
  /** Those that it takes: names with `_` and other odd bytes are left out. */
  readonly headers: readonly Header[]
  readonly fault: { readonly status: number; readonly reason: string } | undefined
}

/** Headers that may be sent only once (ngx_http_headers_in[]: ngx_http_process_unique_header_line). */
const UNIQUE: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-range',
  'expect',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'transfer-encoding',
])

/** Reads the headers in order; from `Host` on, those of the server that it names hold (ngx_http_process_request_headers). */
export function acceptHeaders(
  request: ClientRequest,
  target: RequestTarget,
  group: ListenGroup,
  version: TargetVersion,
): AcceptedHeaders {
  const fromTarget = target.host === undefined ? undefined : requestHost(target.host, version)
  let server = fromTarget === undefined ? undefined : findServer(group, fromTarget)
  const headers: Header[] = []
  const seen = new Set<string>()
  const end = (status: number, reason: string): AcceptedHeaders => {
    return { server: server ?? defaultChoice(group), headers, fault: { status, reason } }
  }
  if (target.host !== undefined && fromTarget === undefined) return end(400, 'the host of the target is invalid')
  for (const header of request.headers) {
    const name = header[0].toLowerCase()
    if (!isTaken(name, server?.server ?? group.defaultServer)) continue
    headers.push(header)
    if ((UNIQUE.has(name) || name === 'host') && seen.has(name)) return end(400, `${header[0]} was sent twice`)
    seen.add(name)
    if (name !== 'host') continue
    const host = requestHost(header[1], version)
    if (host === undefined) return end(400, 'the Host header is invalid')
    server ??= findServer(group, host)
  }
  const chosen = server ?? findServer(group, '')
  server = chosen
  return endOfHeaders(request, seen, end) ?? { server: chosen, headers, fault: undefined }
}

/** ngx_http_process_request_header */
function endOfHeaders(
  { method, headers }: ClientRequest,
  seen: ReadonlySet<string>,
  end: (status: number, reason: string) => AcceptedHeaders,
): AcceptedHeaders | undefined {
  const value = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1]
  if (!seen.has('host')) return end(400, 'there is no Host header')
  if (seen.has('content-length') && !/^\d+$/.test(value('content-length') ?? ''))
    return end(400, 'Content-Length is invalid')
  if (seen.has('transfer-encoding')) {
    if (value('transfer-encoding')?.toLowerCase() !== 'chunked') return end(501, 'Transfer-Encoding is unknown')
    if (seen.has('content-length')) return end(400, 'Content-Length and Transfer-Encoding were both sent')
  }
  return method === 'TRACE' || method === 'CONNECT' ? end(405, `${method} is never allowed`) : undefined
}

/** ngx_http_parse_header_line: `ignore_invalid_headers`, `underscores_in_headers` */
function isTaken(name: string, server: Scope): boolean {
  if (/^[a-z\d-]+$/.test(name)) return true
  if (setting(server, 'ignore_invalid_headers').value === 'off') return true
  return /^[\w-]+$/.test(name) && setting(server, 'underscores_in_headers').value === 'on'
}
