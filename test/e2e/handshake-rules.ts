/** What RFC 6455 §4.2.1 asks of a client's handshake, and RFC 9112 §5.1 of its headers, taken at their word. */
import type { RecordedRequest } from './recorder.ts'
import { valuesOf } from './wire.ts'

/** A server must refuse a blank between a header's name and the colon. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/
const WELL_FORMED_KEY = /^[A-Za-z0-9+/]{22}==$/

/** Everything that keeps a request from being a handshake; empty for a good one. */
export function handshakeFaults({ method, httpVersion, headers }: RecordedRequest): string[] {
  const [host, upgrade, connection, version, key] = [
    'host',
    'upgrade',
    'connection',
    'sec-websocket-version',
    'sec-websocket-key',
  ].map((name) => valuesOf(headers, name)) as [string[], string[], string[], string[], string[]]
  const tokens = connection.flatMap((value) => value.split(',')).map((token) => token.trim().toLowerCase())

  const faults: string[] = []
  if (method !== 'GET') faults.push(`method ${method}`)
  if (httpVersion !== '1.1') faults.push(`HTTP/${httpVersion}`)
  if (host.length !== 1) faults.push(`${host.length} Host`)
  if (upgrade.length !== 1 || upgrade[0]!.toLowerCase() !== 'websocket') faults.push(`Upgrade: ${upgrade.join(' + ')}`)
  if (!tokens.includes('upgrade')) faults.push(`Connection: ${connection.join(' + ')}`)
  if (version.length !== 1 || version[0] !== '13') faults.push(`Sec-WebSocket-Version: ${version.join(' + ')}`)
  if (key.length !== 1 || !WELL_FORMED_KEY.test(key[0]!)) faults.push(`Sec-WebSocket-Key: ${key.join(' + ')}`)
  for (const [name] of headers) if (!HEADER_NAME.test(name)) faults.push(`the name "${name}"`)
  return faults
}
