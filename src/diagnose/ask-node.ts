import { createHash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { connectFor, type Stage } from './connect-node.ts'
import { CLOSE, clientFrame, type Frame, PING, PONG, readFrames, TEXT } from './frames.ts'
import { withHeaders } from './given-headers.ts'
import { type AnswerHead, HEAD_LIMIT, type HttpAnswer, headerOf, readBody, readHead } from './http-answer.ts'
import type { Failure, Opened, ProbeResult, Question, Tls } from './probe-result.ts'

/** A body that does not come to its end is waited for no longer than this. */
const BODY_PATIENCE_MS = 500
/** Nor is a pong, or a message that a server may send first. */
const PONG_PATIENCE_MS = 2000
/** A server that talks first is listened to for this long, although its pong has come. */
const LISTEN_MS = 150
const FRAMES_LIMIT = 64 * 1024
const SHOWN_MESSAGES = 4
const SHOWN_LENGTH = 300

/** Asks for a WebSocket once, follows nothing, and takes no longer than the question allows. */
export function ask(question: Question): Promise<ProbeResult> {
  return new Promise((resolve) => new Attempt(question, resolve).start())
}

const TIMEOUTS: Readonly<Record<Stage, Failure['kind']>> = {
  proxy: 'no proxy',
  tunnel: 'proxy timeout',
  connect: 'connect timeout',
  open: 'answer timeout',
}

class Attempt {
  readonly #question: Question
  readonly #resolve: (result: ProbeResult) => void
  readonly #key = randomBytes(16).toString('base64')
  readonly #ping = randomBytes(8)
  readonly #started = performance.now()
  #socket: Socket | undefined
  #address: string | undefined
  #tls: Tls | undefined
  #stage: Stage = 'connect'
  #connection: { destroy(): void } | undefined
  #timer: NodeJS.Timeout | undefined
  #patience: NodeJS.Timeout | undefined
  #bytes: Buffer = Buffer.alloc(0)
  #head: AnswerHead | undefined
  #pinged = 0
  #pongMs: number | undefined
  #isDone = false
  /** The other side hung up. */
  #isEnded = false

  constructor(question: Question, resolve: (result: ProbeResult) => void) {
    this.#question = question
    this.#resolve = resolve
  }

  start(): void {
    this.#timer = setTimeout(() => this.#timeOut(), this.#question.timeoutMs)
    this.#connection = connectFor(this.#question, {
      stage: (stage) => {
        this.#stage = stage
      },
      connected: (socket) => {
        this.#address = socket.remoteAddress
      },
      ready: (socket, tls) => {
        this.#socket = socket
        this.#tls = tls
        socket.on('data', (chunk: Buffer) => this.#take(chunk))
        socket.on('end', () => this.#end())
        socket.on('close', () => this.#end())
        this.#send(socket)
      },
      failed: (failure) => this.#fail(failure),
    })
  }

  #send(socket: Socket): void {
    const { url, headers, subprotocols } = this.#question
    const usual = handshakeHeaders(url.authority, this.#key, subprotocols)
    const lines = withHeaders(usual, headers).map(([name, value]) => `${name}: ${value}`)
    socket.write(`GET ${url.target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
    socket.resume()
  }

  #take(chunk: Buffer): void {
    if (this.#isDone) return
    this.#bytes = Buffer.concat([this.#bytes, chunk])
    if (!this.#head) this.#readHead()
    if (!this.#head) return
    if (this.#head.status === 101) this.#readFrames()
    else this.#readBody(false)
  }

  #readHead(): void {
    const head = readHead(this.#bytes.toString('latin1', 0, HEAD_LIMIT))
    if (head === 'not http') {
      this.#fail(strangeBytes(this.#bytes, this.#question.url.isTls))
      return
    }
    if (!head) {
      if (this.#bytes.length >= HEAD_LIMIT)
        this.#fail({ kind: 'too large', detail: `over ${HEAD_LIMIT} bytes of headers` })
      return
    }
    this.#head = head
    const isOpen = head.status === 101
    this.#bytes = this.#bytes.subarray(Math.min(this.#bytes.length, HEAD_LIMIT) - head.rest.length)
    this.#patience = setTimeout(
      () => (isOpen ? this.#opened() : this.#readBody(true)),
      isOpen ? PONG_PATIENCE_MS : BODY_PATIENCE_MS,
    )
    if (!isOpen || !this.#isAccepted()) return
    this.#pinged = performance.now()
    this.#socket?.write(clientFrame(PING, this.#ping, randomBytes(4)))
  }

  #readBody(isLast: boolean): void {
    if (!this.#head || this.#isDone) return
    const { rest: _, ...head } = this.#head
    const { body, isWhole } = readBody({ ...head, rest: this.#bytes.toString('latin1') })
    if (isWhole || isLast) this.#answer({ ...head, body }, undefined)
  }

  #readFrames(): void {
    if (!this.#isAccepted() || this.#bytes.length > FRAMES_LIMIT) {
      this.#opened()
      return
    }
    if (this.#pongMs !== undefined || this.#refusal() !== undefined) return
    const { frames } = readFrames(this.#bytes)
    const pong = frames.find(({ opcode, payload }) => opcode === PONG && this.#ping.equals(payload))
    if (frames.some(({ opcode }) => opcode === CLOSE)) this.#opened()
    if (!pong) return
    this.#pongMs = performance.now() - this.#pinged
    clearTimeout(this.#patience)
    this.#patience = setTimeout(() => this.#opened(), LISTEN_MS)
  }

  #opened(): void {
    if (!this.#head) return
    const { rest: _, ...head } = this.#head
    const isAccepted = this.#isAccepted()
    const refusal = this.#refusal()
    const { frames } = isAccepted && refusal === undefined ? readFrames(this.#bytes) : { frames: [] }
    const messages = frames
      .filter(({ opcode }) => opcode === TEXT)
      .slice(0, SHOWN_MESSAGES)
      .map(textOf)
    const close = frames.find(({ opcode }) => opcode === CLOSE)
    const ended = close ? closeText(close) : this.#isEnded ? '' : undefined
    // 1000: done.
    if (isAccepted && this.#socket?.writable)
      this.#socket.end(clientFrame(CLOSE, Uint8Array.of(3, 232), randomBytes(4)))
    this.#answer({ ...head, body: '' }, { isAccepted, pongMs: this.#pongMs, messages, ended, refusal })
  }

  /** The tunnel is open, and what comes through it is HTTP. */
  #refusal(): string | undefined {
    const text = this.#bytes.toString('latin1', 0, SHOWN_LENGTH)
    return text.startsWith('HTTP/1.') ? text : undefined
  }

  #isAccepted(): boolean {
    return headerOf(this.#head?.headers ?? [], 'Sec-WebSocket-Accept') === acceptKey(this.#key)
  }

  #end(): void {
    if (this.#isDone) return
    this.#isEnded = true
    if (this.#head?.status === 101) this.#opened()
    else if (this.#head) this.#readBody(true)
    else this.#fail({ kind: 'closed', detail: `after ${this.#bytes.length} bytes` })
  }

  #timeOut(): void {
    const { timeoutMs } = this.#question
    const seconds = timeoutMs / 1000
    const isBegun = this.#bytes.length > 0
    const detail = isBegun ? `the answer began, and did not end within ${seconds} s` : `nothing within ${seconds} s`
    if (this.#head?.status === 101) this.#opened()
    else if (this.#head) this.#end()
    else this.#fail({ kind: TIMEOUTS[this.#stage], detail })
  }

  #answer(answer: HttpAnswer, opened: Opened | undefined): void {
    this.#finish({ kind: 'answer', answer, opened })
  }

  #fail(failure: Failure): void {
    // Once there is an answer, how its connection ends does not matter.
    if (this.#head && !this.#isDone) this.#end()
    else this.#finish({ kind: 'failure', failure })
  }

  #finish(
    what:
      | { readonly kind: 'answer'; readonly answer: HttpAnswer; readonly opened: Opened | undefined }
      | { readonly kind: 'failure'; readonly failure: Failure },
  ): void {
    if (this.#isDone) return
    this.#isDone = true
    clearTimeout(this.#timer)
    clearTimeout(this.#patience)
    const socket = this.#socket
    // What is still to be sent, a close frame, may go; nothing is waited for.
    if (socket?.writableEnded) setTimeout(() => this.#connection?.destroy(), 20)
    else this.#connection?.destroy()
    const { proxy } = this.#question
    const connection = {
      address: this.#address,
      tls: this.#tls,
      proxy: proxy && { href: proxy.href, from: proxy.from },
    }
    this.#resolve({ question: this.#question, connection, ms: performance.now() - this.#started, ...what })
  }
}

function textOf({ payload }: Frame): string {
  return Buffer.from(payload).toString('latin1', 0, SHOWN_LENGTH)
}

/** `1008 no origin`: https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1 */
function closeText(frame: Frame): string {
  const [high, low] = frame.payload
  return high === undefined || low === undefined ? '1005' : `${high * 256 + low} ${textOf(frame).slice(2)}`.trim()
}

function handshakeHeaders(host: string, key: string, subprotocols: readonly string[]) {
  return [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', '13'],
    ...(subprotocols.length > 0 ? [['Sec-WebSocket-Protocol', subprotocols.join(', ')] as const] : []),
  ] as const
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2 */
function acceptKey(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
}

/** An HTTP/2 server begins with SETTINGS (RFC 9113 §6.5), a TLS one answers plain text with an alert (RFC 8446 §6). */
function strangeBytes(bytes: Buffer, isTls: boolean): Failure {
  if (bytes[3] === 4 && bytes[0] === 0 && bytes.length >= 9) return { kind: 'http2', detail: 'it sends HTTP/2 frames' }
  if (!isTls && bytes[0] === 0x15 && bytes[1] === 3) return { kind: 'wants tls', detail: 'it answers with a TLS alert' }
  return { kind: 'not http', detail: `it begins with ${JSON.stringify(bytes.toString('latin1', 0, 24))}` }
}
