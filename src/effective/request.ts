/** A request as a client sends it. */
export interface ClientRequest {
  readonly scheme: 'http' | 'https'
  readonly method: string
  /** Path and query as sent, not decoded. */
  readonly target: string
  readonly headers: readonly Header[]
  /** Whether it stands for all requests of its kind: then nothing is known but what they have in common. */
  readonly isSample?: boolean
}

export type Header = readonly [name: string, value: string]

/** The sample of RFC 6455 §1.3. */
const SAMPLE_KEY = 'dGhlIHNhbXBsZSBub25jZQ=='

/** The opening handshake that a browser sends: https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
export function handshakeRequest(target: string, host = 'example.com'): ClientRequest {
  return {
    scheme: 'http',
    method: 'GET',
    target,
    headers: [
      ['Host', host],
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Key', SAMPLE_KEY],
      ['Sec-WebSocket-Version', '13'],
    ],
  }
}

/** An ordinary request, as a browser sends for a page. */
export function plainRequest(target: string, host = 'example.com'): ClientRequest {
  return {
    scheme: 'http',
    method: 'GET',
    target,
    headers: [
      ['Host', host],
      ['Connection', 'keep-alive'],
    ],
  }
}

/** The value of a header, without regard to case; `''` where it was not sent. */
export function headerValue(headers: readonly Header[], name: string): string {
  const lower = name.toLowerCase()
  return headers.find(([other]) => other.toLowerCase() === lower)?.[1] ?? ''
}
