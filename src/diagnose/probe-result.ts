import type { Header } from '../effective/index.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { ForwardProxy } from './proxy.ts'
import type { SocketUrl } from './socket-url.ts'

/** A handshake as it was asked for. */
export interface Question {
  readonly url: SocketUrl
  /** All headers but those of the handshake itself, which a random key is part of. */
  readonly headers: readonly Header[]
  readonly subprotocols: readonly string[]
  /** The address to connect to, in the place of what the name resolves to. */
  readonly address: string | undefined
  /** What a tunnel is asked of; undefined where the connection is direct. */
  readonly proxy: ForwardProxy | undefined
  readonly isInsecure: boolean
  readonly timeoutMs: number
}

/** What is known of the connection. */
export interface Connection {
  /** Of the other side, or of the proxy where there is one. */
  readonly address: string | undefined
  readonly tls: Tls | undefined
  /** The proxy that it goes through, and where that was named. */
  readonly proxy: { readonly href: string; readonly from: string } | undefined
}

export interface Tls {
  /** `TLSv1.3` */
  readonly version: string
  /** Why the certificate would not be taken, were it not for `--insecure`. */
  readonly fault: string | undefined
}

/** What came of it. */
export type ProbeResult = { readonly question: Question; readonly connection: Connection; readonly ms: number } & (
  | { readonly kind: 'answer'; readonly answer: HttpAnswer; readonly opened: Opened | undefined }
  | { readonly kind: 'failure'; readonly failure: Failure }
)

/** After a 101. */
export interface Opened {
  /** Whether `Sec-WebSocket-Accept` answers the key that was sent. */
  readonly isAccepted: boolean
  /** How long the answer to a ping took; undefined where none came. */
  readonly pongMs: number | undefined
  /** The first text messages that the server sent unasked. */
  readonly messages: readonly string[]
  /** How the server ended it unasked: a close code with its reason, or `''` where it just hung up. */
  readonly ended: string | undefined
  /** An HTTP answer that came after the 101, where frames belong: so Socket.IO refuses. */
  readonly refusal: string | undefined
}

export interface Failure {
  readonly kind:
    | 'no name'
    | 'refused'
    | 'unreachable'
    | 'no proxy'
    | 'proxy refuses'
    | 'proxy timeout'
    | 'connect timeout'
    | 'answer timeout'
    | 'certificate'
    | 'client certificate'
    | 'no tls'
    | 'wants tls'
    | 'tls'
    | 'closed'
    | 'http2'
    | 'not http'
    | 'too large'
  /** In the words of the system, for people. */
  readonly detail: string
}
