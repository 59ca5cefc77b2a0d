/** A client on a bare socket: the target and the headers go out as written. Every call is bounded in time. */
import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ID_HEADER } from './recorder.ts'
import { acceptKey, formatHead, type HeaderList, isDelimited, parseHead, takeBody, valuesOf } from './wire.ts'

export interface RequestOptions {
  readonly port: number
  /** The request target, sent as it is: `//`, `%2F` and `?` included. */
  readonly path: string
  readonly host?: string
  /** Added to the usual ones; a name that is among those replaces it. */
  readonly headers?: HeaderList
  readonly method?: string
  readonly httpVersion?: '1.0' | '1.1'
  /** Value of the `X-E2E-Id` header; a random one unless given. */
  readonly id?: string
  readonly timeoutMs?: number
  /** Whether to ask over TLS; any certificate will do. */
  readonly tls?: boolean
}

export interface HandshakeOptions extends RequestOptions {
  /** `Sec-WebSocket-Key`; a random one unless given. */
  readonly key?: string
}

export interface Answer {
  readonly id: string
  /** 0 where the connection was closed without an answer, as by `return 444`. */
  readonly status: number
  readonly headers: HeaderList
  readonly body: string
}

export interface HandshakeAnswer extends Answer {
  /** A 101 with the right `Sec-WebSocket-Accept`. */
  readonly accepted: boolean
}

/** Asks for a WebSocket, as a browser does. */
export async function handshake(options: HandshakeOptions): Promise<HandshakeAnswer> {
  const key = options.key ?? randomBytes(16).toString('base64')
  const answer = await exchange(options, [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', '13'],
  ])
  const accept = valuesOf(answer.headers, 'sec-websocket-accept')
  return { ...answer, accepted: answer.status === 101 && accept.length === 1 && accept[0] === acceptKey(key) }
}

/** An ordinary request, which the recording backends answer with an echo. */
export async function plainRequest(options: RequestOptions): Promise<Answer> {
  return exchange(options, [['X-Plain', '1']])
}

async function exchange(options: RequestOptions, usual: HeaderList): Promise<Answer> {
  const {
    port,
    path,
    host = 'localhost',
    headers = [],
    method = 'GET',
    httpVersion = '1.1',
    timeoutMs = 5000,
    tls = false,
  } = options
  const id = options.id ?? randomUUID()
  const replaced = new Set(headers.map(([name]) => name.toLowerCase()))
  const all = [['Host', host] as const, ...usual, [ID_HEADER, id] as const].filter(
    ([name]) => !replaced.has(name.toLowerCase()),
  )
  const request = formatHead(`${method} ${path} HTTP/${httpVersion}`, [...all, ...headers])
  return { id, ...(await talk({ port, tls }, request, method === 'HEAD', timeoutMs)) }
}

type BareAnswer = Omit<Answer, 'id'>

interface Server {
  readonly port: number
  readonly tls: boolean
}

function talk({ port, tls }: Server, request: string, headOnly: boolean, timeoutMs: number): Promise<BareAnswer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    const host = '127.0.0.1'
    const socket = tls ? connectTls({ port, host, rejectUnauthorized: false }) : connect({ port, host, noDelay: true })
    const timer = setTimeout(() => {
      fail(new Error(`no whole answer within ${timeoutMs} ms; got ${JSON.stringify(bytes.toString('latin1'))}`))
    }, timeoutMs)
    const finish = (answer: BareAnswer): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const fail = (error: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const look = (closed: boolean): void => {
      try {
        const answer = readAnswer(bytes, headOnly, closed)
        if (answer) finish(answer)
        else if (closed) fail(new Error(`closed within an answer: ${JSON.stringify(bytes.toString('latin1'))}`))
      } catch (error) {
        fail(error as Error)
      }
    }
    socket.on(tls ? 'secureConnect' : 'connect', () => socket.write(request, 'latin1'))
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      look(false)
    })
    socket.on('end', () => look(true))
    socket.on('error', fail)
  })
}

/** The answer in these bytes, or undefined while it is not whole. */
function readAnswer(bytes: Buffer, headOnly: boolean, closed: boolean): BareAnswer | undefined {
  if (closed && bytes.length === 0) return { status: 0, headers: [], body: '' }
  const head = parseHead(bytes)
  if (!head) return undefined
  const status = Number(head.startLine.split(' ')[1])
  if (status === 100) return readAnswer(head.rest, headOnly, closed)
  const { headers } = head
  // An error_page has put another status in the place of the backend's 101: what follows are frames, without an end.
  const isSwitched = headers.some(([name]) => name.toLowerCase() === 'sec-websocket-accept')
  if (headOnly || isSwitched || status === 101 || status === 204 || status === 304) return { status, headers, body: '' }
  if (!isDelimited(headers)) return closed ? { status, headers, body: head.rest.toString() } : undefined
  const taken = takeBody(headers, head.rest)
  return taken && { status, headers, body: taken.body.toString() }
}
