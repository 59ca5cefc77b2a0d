/** HTTP/1.x messages as they are on the wire: nothing is merged, sorted or lower-cased. */
import { createHash } from 'node:crypto'

export type HeaderList = ReadonlyArray<readonly [name: string, value: string]>

export interface Head {
  readonly startLine: string
  readonly headers: HeaderList
  /** What came after the head. */
  readonly rest: Buffer
}

/** The head of a message, or undefined while it has not arrived whole. */
export function parseHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [startLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { startLine, headers, rest: bytes.subarray(end + 4) }
}

export function formatHead(startLine: string, headers: HeaderList): string {
  return `${[startLine, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`
}

/** All values of one header, in order. */
export function valuesOf(headers: HeaderList, name: string): string[] {
  return headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
}

/** Whether the message itself says where its body ends. */
export function isDelimited(headers: HeaderList): boolean {
  return valuesOf(headers, 'content-length').length > 0 || isChunked(headers)
}

export interface Body {
  readonly body: Buffer
  readonly rest: Buffer
}

/** The body that the headers announce, or undefined while it has not arrived whole. */
export function takeBody(headers: HeaderList, bytes: Buffer): Body | undefined {
  if (isChunked(headers)) return takeChunks(bytes)
  const length = Number(valuesOf(headers, 'content-length')[0] ?? 0)
  return bytes.length < length ? undefined : { body: bytes.subarray(0, length), rest: bytes.subarray(length) }
}

function isChunked(headers: HeaderList): boolean {
  return valuesOf(headers, 'transfer-encoding').some((value) => value.toLowerCase() === 'chunked')
}

function takeChunks(bytes: Buffer): Body | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (Number.isNaN(size)) throw new Error('a chunk without a size')
    const start = lineEnd + 2
    const end = start + size
    if (bytes.length < end + 2) return undefined
    if (size === 0) return { body: Buffer.concat(parts), rest: bytes.subarray(end + 2) }
    parts.push(bytes.subarray(start, end))
    at = end + 2
  }
}

/** The `Sec-WebSocket-Accept` that answers a key (RFC 6455 §4.2.2). */
export function acceptKey(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
}
