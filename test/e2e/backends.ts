/**
 * Recording WebSocket backends on loopback.
 *
 * Both answer 426 to whatever is no handshake, and 200 with an echo of the request to an ordinary request that carries `X-Plain: 1`.
 */
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { handshakeFaults } from './handshake-rules.ts'
import { type RecordedRequest, Recorder } from './recorder.ts'
import { acceptKey, formatHead, type HeaderList, parseHead, takeBody, valuesOf } from './wire.ts'

export interface Backend {
  readonly port: number
  readonly recorder: Recorder
  stop(): Promise<void>
}

/**
 * As strict as RFC 6455 §4.2.1, on a bare socket: doubled headers and HTTP/1.0 are seen as sent.
 * After a 101 it sends back each byte it gets.
 */
export async function startStrictBackend(): Promise<Backend> {
  const recorder = new Recorder()
  const server = createServer()
  const sockets = trackSockets(server)
  server.on('connection', (socket) => {
    const connection = sockets.count()
    let bytes: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk])
      for (;;) {
        const head = parseHead(bytes)
        const taken = head && takeBody(head.headers, head.rest)
        if (!head || !taken) return
        bytes = taken.rest
        const [method = '', target = '', version = ''] = head.startLine.split(' ')
        const request = { method, target, httpVersion: version.replace('HTTP/', ''), headers: head.headers }
        const faults = handshakeFaults(request)
        recorder.add(request, connection, faults)
        if (faults.length === 0) {
          socket.off('data', onData)
          socket.write(switchingProtocols(request))
          socket.pipe(socket)
          return
        }
        socket.write(isPlain(request) ? plainAnswer(request) : upgradeRequired(request, faults))
        if (!staysOpen(request)) {
          socket.end()
          return
        }
      }
    }
    socket.on('data', onData)
  })
  return { port: await listen(server), recorder, stop: () => close(server, sockets) }
}

/** As lenient as npm's `ws`: it takes HTTP/1.0, and echoes messages. */
export async function startLenientBackend(): Promise<Backend> {
  const recorder = new Recorder()
  const webSockets = new WebSocketServer({ noServer: true })
  webSockets.on('connection', (webSocket) => {
    webSocket.on('error', () => {})
    webSocket.on('message', (data, binary) => webSocket.send(data, { binary }))
  })
  const server = createHttpServer((incoming, response) => {
    const request = asRecorded(incoming)
    recorder.add(request, sockets.numberOf(incoming.socket))
    if (isPlain(request)) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(request))
    } else {
      // What `ws` itself answers when it owns the server.
      response.writeHead(426, { 'Content-Type': 'text/plain' }).end('Upgrade Required')
    }
  })
  const sockets = trackSockets(server)
  server.on('upgrade', (incoming, socket, head) => {
    recorder.add(asRecorded(incoming), sockets.numberOf(incoming.socket))
    webSockets.handleUpgrade(incoming, socket, head, (webSocket) => webSockets.emit('connection', webSocket, incoming))
  })
  return { port: await listen(server), recorder, stop: () => close(server, sockets) }
}

/** An ordinary request asks for the echo and for no other protocol. */
function isPlain({ headers }: RecordedRequest): boolean {
  return valuesOf(headers, 'x-plain')[0] === '1' && valuesOf(headers, 'upgrade').length === 0
}

function staysOpen({ httpVersion, headers }: RecordedRequest): boolean {
  return httpVersion === '1.1' && !valuesOf(headers, 'connection').some((value) => /\bclose\b/i.test(value))
}

function switchingProtocols({ headers }: RecordedRequest): string {
  return formatHead('HTTP/1.1 101 Switching Protocols', [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptKey(valuesOf(headers, 'sec-websocket-key')[0] ?? '')],
  ])
}

function upgradeRequired({ headers }: RecordedRequest, faults: readonly string[]): string {
  const versions = valuesOf(headers, 'sec-websocket-version')
  const wrongVersion = versions.length > 0 && versions.some((version) => version !== '13')
  return answer('426 Upgrade Required', 'text/plain', `Upgrade Required: ${faults.join('; ')}`, [
    ['Upgrade', 'websocket'],
    ...(wrongVersion ? [['Sec-WebSocket-Version', '13'] as const] : []),
  ])
}

function plainAnswer(request: RecordedRequest): string {
  return answer('200 OK', 'application/json', JSON.stringify(request), [])
}

function answer(status: string, type: string, text: string, headers: HeaderList): string {
  const length = String(Buffer.byteLength(text))
  return formatHead(`HTTP/1.1 ${status}`, [...headers, ['Content-Type', type], ['Content-Length', length]]) + text
}

interface HttpMessage {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly httpVersion: string
  readonly rawHeaders: readonly string[]
}

function asRecorded({ method = '', url = '', httpVersion, rawHeaders }: HttpMessage): RecordedRequest {
  const headers = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  )
  return { method, target: url, httpVersion, headers }
}

interface TrackedSockets {
  /** How many connections there have been. */
  count(): number
  numberOf(socket: Socket): number
  destroy(): void
}

function trackSockets(server: Server): TrackedSockets {
  const open = new Set<Socket>()
  const numbers = new WeakMap<Socket, number>()
  let count = 0
  server.on('connection', (socket: Socket) => {
    count += 1
    numbers.set(socket, count)
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  })
  return {
    count: () => count,
    numberOf: (socket) => numbers.get(socket) ?? 0,
    destroy: () => {
      for (const socket of open) socket.destroy()
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', 4096, resolve)
  })
  return (server.address() as AddressInfo).port
}

async function close(server: Server, sockets: TrackedSockets): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    sockets.destroy()
  })
}
