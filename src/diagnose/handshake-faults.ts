import type { Header, UpstreamHeader, UpstreamPart, UpstreamRequest } from '../effective/index.ts'
import { meansUpgrade } from '../effective/index.ts'
import { headerName, headerValue } from '../nginx/header-rows.ts'

/** What keeps a request from being an opening handshake: https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1 */
export interface HandshakeFault {
  readonly kind: 'version' | 'method' | 'Upgrade' | 'Connection' | 'key' | 'Host'
  readonly text: string
  /** The part that is at fault, where there is one. */
  readonly part: UpstreamPart | undefined
  /** Whether it is not known, rather than wrong. */
  readonly isUnknown: boolean
}

/** The faults of what a backend gets. */
export function handshakeFaults({ method, version, headers }: UpstreamRequest): HandshakeFault[] {
  return [
    ...check('version', version, (value) => value === '1.1', `the backend is asked in HTTP/${version.value}, not 1.1`),
    ...check('method', method, (value) => value === 'GET', `the backend is asked by ${method.value}, not GET`),
    ...headerFault('Upgrade', headers, (value) => value.toLowerCase() === 'websocket'),
    ...headerFault('Connection', headers, meansUpgrade),
    ...headerFault('Sec-WebSocket-Key', headers, (value) => /^[A-Za-z\d+/]{22}==$/.test(value)),
    ...headerFault('Sec-WebSocket-Version', headers, (value) => value === '13'),
    ...headerFault('Host', headers, (value) => value !== '' && !value.includes(', ')),
  ]
}

/** The faults of what a client sends, as short texts. */
export function requestFaults(method: string, headers: readonly Header[]): string[] {
  const parts = headers.map(([name, value]) => ({ name, value, origin: { kind: 'client' } as const }))
  return [
    ...(method === 'GET' ? [] : [`its method is ${method}, not GET`]),
    ...headerFault('Upgrade', parts, (value) => value.toLowerCase() === 'websocket').map(said),
    ...headerFault('Connection', parts, meansUpgrade).map(said),
    ...headerFault('Sec-WebSocket-Key', parts, (value) => value !== '').map(said),
    ...headerFault('Sec-WebSocket-Version', parts, (value) => value !== '').map(said),
  ]
}

const said = (fault: HandshakeFault): string => fault.text

function check(
  kind: HandshakeFault['kind'],
  part: UpstreamPart,
  isFit: (value: string) => boolean,
  text: string,
): HandshakeFault[] {
  if (part.value === undefined) return [{ kind, text: `its ${kind} is not known`, part, isUnknown: true }]
  return isFit(part.value) ? [] : [{ kind, text, part, isUnknown: false }]
}

/** A header as its receiver reads it, if it has this name. */
function asRead(header: UpstreamHeader, name: string): UpstreamHeader[] {
  if (headerName(header.name).toLowerCase() !== name.toLowerCase()) return []
  return [header.value === undefined ? header : { ...header, value: headerValue(header.name, header.value) }]
}

function headerFault(
  name: string,
  headers: UpstreamRequest['headers'],
  isFit: (value: string) => boolean,
): HandshakeFault[] {
  const kind = name.startsWith('Sec-') ? 'key' : (name as HandshakeFault['kind'])
  const rows = headers.flatMap((header) => asRead(header, name))
  const [part] = rows
  const unknown = rows.find(({ value }) => value === undefined)
  if (unknown) return [{ kind, text: `what ${name} is there is not known`, part: unknown, isUnknown: true }]
  if (!part) return [{ kind, text: `there is no ${name} header`, part: undefined, isUnknown: false }]
  // Blanks around a value are none of it: RFC 9110 §5.5.
  const value = rows.map((row) => row.value?.trim()).join(', ')
  return isFit(value) ? [] : [{ kind, text: `${name} is "${value}"`, part, isUnknown: false }]
}
