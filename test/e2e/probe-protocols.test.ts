/** `ngxlint probe` and what no line of nginx is the reason of: TLS, protocol policies, Socket.IO’s majors. */

import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { createServer as createH2c, createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { Server as SocketIo4 } from 'socket.io'
import { io as connect4 } from 'socket.io-client'
import { WebSocketServer } from 'ws'
import { runIn } from '../cli/run-in.ts'
import { CERTIFICATE_FILE, certificateFiles, KEY_FILE } from '../prove/certificate.ts'
import { probe } from './probing.ts'

const require = createRequire(import.meta.url)

async function listening<T>(server: Server | HttpServer, use: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.close()
  }
}

/** A server that says one thing to everybody. */
function saying(text: string): Server {
  return createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(text, 'latin1'))
  })
}

const refusal = (upgrade: string) =>
  `HTTP/1.1 426 Upgrade Required\r\nUpgrade: ${upgrade}\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n`

describe('protocol policies', () => {
  test.each([
    ['TLS/1.2', 'tls-policy', /asked without TLS, and that is the reason/],
    ['HTTP/2.0', 'http-policy', /asked in HTTP\/1.1/],
    ['h2c', 'http-policy', /asked in HTTP\/1.1/],
    ['websocket', 'headers-lost', /died on the way/],
  ])('426 with Upgrade: %s', async (upgrade, cause, means) => {
    await listening(saying(refusal(upgrade)), async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`)
      expect(probed).toMatchObject({ code: 1, cause, answer: { status: 426 } })
      expect(probed.means).toMatch(means)
      for (const { source } of probed.advice) expect(source).toMatch(/^https:\/\//)
    })
  })

  test('a server that speaks HTTP/2 in plain only', async () => {
    const server = createH2c()
    server.on('sessionError', () => {})
    await listening(server as unknown as Server, async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'http2-only' })
    })
  })
})

describe('what is no answer', () => {
  test.each([
    ['', 'closed'],
    ['220 mail.example.com ESMTP\r\n', 'not-http'],
    [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`, 'not-http'],
  ])('%j is %s', async (text, cause) => {
    await listening(saying(text), async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause })
    })
  })

  test('garbage, with bytes that would steer a terminal', async () => {
    await listening(saying('\x1b]0;owned\x07\x00\xff\x9b31m'), async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`)
      expect(probed).toMatchObject({ code: 1, cause: 'not-http' })
      const { out } = await runIn({}, ['probe', `ws://127.0.0.1:${port}/`], { isTerminal: true })
      expect(
        [...out.replace(new RegExp(`${'\x1b'}\\[\\d+m`, 'g'), '')].filter((char) => char < ' ' && char !== '\n'),
      ).toEqual([])
    })
  })

  test('what comes before the answer: 100, 103, then 101; and 1xx without an end', async () => {
    const early = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    await listening(saying(`${early}${refusal('websocket')}`), async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ cause: 'headers-lost', answer: { status: 426 } })
    })
    await listening(saying(early.repeat(1000)), async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'not-http' })
    })
    await listening(saying(early), async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'closed' })
    })
  })

  test('headers without an end: cut at 16 KB; byte by byte: cut by the clock', async () => {
    const endless = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\n')
      const flood = () => {
        while (!socket.destroyed && socket.write('X: y\r\n'.repeat(1000)));
      }
      socket.on('drain', flood)
      flood()
    })
    await listening(endless, async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({
        cause: 'not-http',
        failure: { kind: 'too large' },
      })
    })
    const drip = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\nX: ')
      const timer = setInterval(() => socket.write('y'), 5)
      socket.on('close', () => clearInterval(timer))
    })
    await listening(drip, async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`, '--timeout', '0.3')
      expect(probed).toMatchObject({ cause: 'silence', failure: { kind: 'answer timeout' } })
      expect(probed.failure?.detail).toContain('the answer began, and did not end')
    })
  })

  test.each([
    ['within the headers', 'HTTP/1.1 426 Upgrade Required\r\nUpgrade: web', 'closed', null],
    [
      'after the headers',
      'HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 9\r\n\r\nhal',
      'headers-lost',
      426,
    ],
  ])('a connection that is reset %s', async (_, text, cause, status) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 30)))
    })
    await listening(server, async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`)
      expect(probed).toMatchObject({ code: 1, cause })
      expect(probed.answer?.status ?? null).toBe(status)
    })
  })

  test('silence ends in time', async () => {
    const server = createServer((socket) => socket.on('error', () => {}))
    await listening(server, async (port) => {
      const before = Date.now()
      expect(await probe(`ws://127.0.0.1:${port}/`, '--timeout', '0.3')).toMatchObject({ code: 1, cause: 'silence' })
      expect(Date.now() - before).toBeLessThan(3000)
    })
  })

  test('silence of a TLS port ends in time, too', async () => {
    const server = createServer((socket) => socket.on('error', () => {}))
    await listening(server, async (port) => {
      expect(await probe(`wss://127.0.0.1:${port}/`, '--timeout', '0.3')).toMatchObject({ code: 1, cause: 'silence' })
    })
  })

  test('a server that floods is not read to the end', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const flood = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'x')));
      }
      socket.on('drain', flood)
      flood()
    })
    await listening(server, async (port) => {
      const before = Date.now()
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'page' })
      expect(Date.now() - before).toBeLessThan(3000)
    })
  })

  test('a 101 with much behind it: the pong is found', async () => {
    const server = createHttpServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) => socket.send('x'.repeat(40_000)))
    await listening(server, async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`)
      expect(probed).toMatchObject({ code: 0, cause: 'opened' })
      expect(probed.messages.map(({ length }) => length)).toEqual([300])
      sockets.close()
    })
  })

  test.each([
    [1008, 'no token', /closes it at once: 1008 no token/],
    [undefined, '', /cut at once/],
  ])('a server that opens and ends it at once: %s', async (code, reason, means) => {
    const server = createHttpServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) => (code ? socket.close(code, reason) : socket.terminate()))
    await listening(server, async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`)
      expect(probed).toMatchObject({ code: 1, cause: 'opened-and-closed' })
      expect(probed.means).toMatch(means)
      sockets.close()
    })
  })

  test('subprotocols: chosen, and not chosen', async () => {
    const server = createHttpServer()
    const sockets = new WebSocketServer({ server, handleProtocols: (asked) => (asked.has('chat') ? 'chat' : false) })
    await listening(server, async (port) => {
      const url = `ws://127.0.0.1:${port}/`
      expect(await probe(url, '--subprotocol', 'chat')).toMatchObject({ code: 0 })
      expect(await probe(url, '--subprotocol', 'other')).toMatchObject({ code: 1, cause: 'opened-wrong-subprotocol' })
      sockets.close()
    })
  })

  test('an answer that never ends is cut', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n')
      const timer = setInterval(() => socket.write('x'.repeat(1000)), 1)
      socket.on('close', () => clearInterval(timer))
    })
    await listening(server, async (port) => {
      const probed = await probe(`ws://127.0.0.1:${port}/`, '--timeout', '5')
      expect(probed).toMatchObject({ code: 1, cause: 'page' })
      expect(probed.answer?.body.length).toBeLessThanOrEqual(4096)
    })
  })

  test('a 101 for another key', async () => {
    const text =
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n'
    await listening(saying(text), async (port) => {
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'wrong-accept' })
    })
  })
})

const files = certificateFiles()
const describeTls = files ? describe : describe.skip
if (!files) process.stderr.write('\nSKIPPED the tests of probe over TLS. Missing: openssl\n')

describeTls('TLS', () => {
  const pair = () => ({ key: files?.[KEY_FILE] ?? '', cert: files?.[CERTIFICATE_FILE] ?? '' })

  test('a certificate of one’s own: refused, or looked past; a name led elsewhere', async () => {
    const server = createHttpsServer(pair())
    const sockets = new WebSocketServer({ server })
    await listening(server, async (port) => {
      const url = `wss://ngxlint.test:${port}/`
      const to = ['--resolve', `ngxlint.test:${port}:127.0.0.1`]
      expect(await probe(url, ...to)).toMatchObject({ code: 1, cause: 'certificate' })
      const probed = await probe(url, ...to, '--insecure')
      expect(probed).toMatchObject({ code: 0, cause: 'opened' })
      expect(probed.connection.tls?.version).toMatch(/^TLSv1\.[23]$/)
      expect(await probe(`ws://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'closed' })
    })
    sockets.close()
  })

  test('TLS to a plain port', async () => {
    await listening(createHttpServer(), async (port) => {
      expect(await probe(`wss://127.0.0.1:${port}/`)).toMatchObject({ code: 1, cause: 'no-tls' })
    })
  })

  test('a policy of TLS that this client fulfils: TLS ends earlier', async () => {
    const server = createHttpsServer(pair(), (_, response) => response.writeHead(426, { Upgrade: 'TLS/1.2' }).end())
    server.on('upgrade', (_, socket) => socket.end(refusal('TLS/1.2')))
    await listening(server, async (port) => {
      const probed = await probe(`wss://127.0.0.1:${port}/`, '-k')
      expect(probed.cause).toBe('tls-policy')
      expect(probed.means).toMatch(/which is enough: TLS ends before/)
    })
  })

  test('HTTP/2 only', async () => {
    await listening(createSecureServer(pair()) as unknown as Server, async (port) => {
      const probed = await probe(`wss://127.0.0.1:${port}/`, '-k')
      expect(probed).toMatchObject({ code: 1 })
      expect(probed).toMatchObject({ cause: 'alpn' })
    })
  })
})

/** What the tests need of the second major, which has no types. */
interface SocketIo2 {
  listen(server: HttpServer): unknown
  close(): void
}
type Connect = (
  url: string,
  options: object,
) => { on(event: string, listener: (...args: never[]) => void): void; close(): void }
const SocketIo2Server: new () => SocketIo2 = require('socket.io-2')
const connect2: Connect = createRequire(require.resolve('socket.io-2'))('socket.io-client')

describe('two majors of Socket.IO', () => {
  const OPTIONS = { transports: ['websocket'], reconnection: false, timeout: 3000, forceNew: true }

  /** How a client of its own fares: `connect`, or the event that says that it did not. */
  const outcome = (connect: Connect, port: number): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(`http://127.0.0.1:${port}`, OPTIONS)
      const end = (event: string) => () => {
        resolve(event)
        socket.close()
      }
      for (const event of ['connect', 'connect_error', 'error', 'disconnect']) socket.on(event, end(event))
    })

  test('server 4: client 4 connects, client 2 does not, and probe says why', async () => {
    const server = createHttpServer()
    const io = new SocketIo4(server)
    await listening(server, async (port) => {
      const at = (eio: number) => `ws://127.0.0.1:${port}/socket.io/?EIO=${eio}&transport=websocket`
      expect(await outcome(connect4 as unknown as Connect, port)).toBe('connect')
      expect(await outcome(connect2, port)).not.toBe('connect')
      expect(await probe(at(4))).toMatchObject({ code: 0, cause: 'opened' })
      const probed = await probe(at(3))
      expect(probed).toMatchObject({ code: 1, cause: 'socket-io-version', answer: { status: 101 } })
      expect(await probe(at(3), '-H', 'Upgrade:')).toMatchObject({ code: 1, answer: { status: 400 } })
      expect(probed.means).toContain('asked by EIO=3, and the server speaks EIO=4')
      expect(await probe(`ws://127.0.0.1:${port}/socket.io/`)).toMatchObject({ code: 1, cause: 'socket-io-transport' })
      io.close()
    })
  })

  test('server 2: client 2 connects, client 4 does not, and probe says why', async () => {
    const server = createHttpServer()
    const io = new SocketIo2Server()
    io.listen(server)
    await listening(server, async (port) => {
      const at = (eio: number) => `ws://127.0.0.1:${port}/socket.io/?EIO=${eio}&transport=websocket`
      expect(await outcome(connect2, port)).toBe('connect')
      expect(await outcome(connect4 as unknown as Connect, port)).not.toBe('connect')
      expect(await probe(at(3))).toMatchObject({ code: 0, cause: 'opened' })
      const probed = await probe(at(4))
      expect(probed).toMatchObject({ code: 1, cause: 'opened-other-major' })
      io.close()
    })
  })
})
