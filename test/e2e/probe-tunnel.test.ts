/** `ngxlint probe` through a proxy of the client's side, which opens tunnels to whatever it is asked for, on loopback. */
import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { listenOn } from '../cli/listen-on.ts'
import { runIn } from '../cli/run-in.ts'
import { CERTIFICATE_FILE, certificateFiles, KEY_FILE } from '../prove/certificate.ts'
import { freePorts } from './ports.ts'
import { probe, probeIn } from './probing.ts'

/** Every tunnel leads to one port of loopback, whatever name was asked for: nothing here has to resolve. */
function tunnelling(server: HttpServer, port: () => number): string[] {
  const asked: string[] = []
  server.on('connect', (request: IncomingMessage, client) => {
    asked.push([request.url, request.headers['proxy-authorization']].filter(Boolean).join(' '))
    const backend = connect(port(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 here\r\n\r\n')
      backend.pipe(client).pipe(backend)
    })
    for (const socket of [backend, client]) socket.on('error', () => socket.destroy())
  })
  return asked
}

/** A proxy that says one thing to every CONNECT. */
const saying = (text: string) =>
  createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(text, 'latin1'))
  })

const files = certificateFiles()
const pair = () => ({ key: files?.[KEY_FILE] ?? '', cert: files?.[CERTIFICATE_FILE] ?? '' })
const testTls = files ? test : test.skip
if (!files) process.stderr.write('\nSKIPPED the tests of tunnels with TLS. Missing: openssl\n')

describe('probe through a proxy', () => {
  const backend = createHttpServer((_, response) => response.writeHead(426).end('Upgrade Required'))
  const proxy = createHttpServer()
  const asked = tunnelling(proxy, () => (backend.address() as AddressInfo).port)
  let url = ''
  beforeAll(async () => {
    new WebSocketServer({ server: backend, path: '/ws' })
    await listenOn(backend)
    url = `http://127.0.0.1:${await listenOn(proxy)}`
  })
  afterAll(() => {
    backend.closeAllConnections()
    backend.close()
    proxy.close()
  })

  test('that --proxy names, with a password', async () => {
    const probed = await probe('ws://site.test/ws', '--proxy', url.replace('//', '//me:secret@'))
    expect(probed).toMatchObject({
      code: 0,
      cause: 'opened',
      connection: { proxy: { href: url, from: '--proxy' } },
      hops: [{ id: 'proxy', sign: `--proxy: ${url}` }],
    })
    expect(asked.pop()).toBe('site.test:80 Basic bWU6c2VjcmV0')
  })

  test('that the environment names, unless it excepts the host or --no-proxy is given', async () => {
    const [dead = 0] = await freePorts(1)
    const direct = ['--resolve', `site.test:${dead}:127.0.0.1`]
    const at = `ws://site.test:${dead}/ws`
    expect(await probeIn({ http_proxy: url }, at)).toMatchObject({
      code: 0,
      connection: { proxy: { from: 'http_proxy' } },
    })
    expect(asked.pop()).toBe(`site.test:${dead}`)
    expect(await probeIn({ http_proxy: url, no_proxy: '.test' }, at, ...direct)).toMatchObject({ cause: 'refused' })
    expect(await probeIn({ all_proxy: url }, at, ...direct, '--no-proxy')).toMatchObject({ cause: 'refused' })
    expect(asked).toEqual([])
  })

  test('--resolve names the address that the proxy is asked for', async () => {
    await probe('ws://site.test/ws', '--proxy', url, '--resolve', 'site.test:80:192.0.2.7')
    await probe('ws://site.test/ws', '--proxy', url, '--resolve', 'site.test:80:2001:db8::7')
    expect(asked.splice(0)).toEqual(['192.0.2.7:80', '[2001:db8::7]:80'])
  })

  test('a 426 that comes through it: it is one of the suspects', async () => {
    const probed = await probe('ws://site.test/ws', '--proxy', url, '-H', 'Connection: close', '-H', 'X: y')
    expect(probed).toMatchObject({ code: 1, cause: 'headers-lost', answer: { status: 426 } })
    expect(probed.advice.map(({ at }) => at)).toEqual(['proxy', 'nginx'])
  })

  test('a backend to compare with is asked directly', async () => {
    const { port } = backend.address() as AddressInfo
    const compare = `http://127.0.0.1:${port}/ws`
    const probed = await probeIn(
      { http_proxy: 'http://127.0.0.1:1' },
      'ws://site.test/ws',
      '--proxy',
      url,
      '--compare',
      compare,
    )
    expect(probed).toMatchObject({ code: 0, compare: { cause: 'opened' } })
  })

  test('what people see', async () => {
    const { out } = await runIn({}, ['probe', 'ws://site.test/ws', '--proxy', url.replace('//', '//me:secret@')])
    expect(out.replace(/\d+ ms/g, 'N ms')).toMatch(
      `Probe     ws://site.test/ws\n          through the proxy ${url} (--proxy), N ms\n`,
    )
    expect(out).not.toContain('secret')
  })

  testTls('TLS goes through it, and TLS in TLS', async () => {
    const secure = createHttpsServer(pair())
    new WebSocketServer({ server: secure })
    await listenOn(secure)
    const [plainProxy, tlsProxy] = [createHttpServer(), createHttpsServer(pair())]
    for (const server of [plainProxy, tlsProxy]) tunnelling(server, () => (secure.address() as AddressInfo).port)
    const by = { plain: await listenOn(plainProxy), tls: await listenOn(tlsProxy) }
    try {
      for (const named of [`http://127.0.0.1:${by.plain}`, `https://127.0.0.1:${by.tls}`]) {
        const probed = await probe('wss://localhost/', '--proxy', named, '-k')
        expect(probed).toMatchObject({ code: 0, cause: 'opened', connection: { tls: { version: 'TLSv1.3' } } })
      }
      const untrusted = await probe('wss://site.test/', '--proxy', `http://127.0.0.1:${by.plain}`)
      expect(untrusted).toMatchObject({ code: 1, cause: 'certificate' })
      expect(untrusted.advice.find(({ at }) => at === 'proxy')?.text).toMatch(/is the issuer your company/)
      expect(await probe('wss://site.test/', '--proxy', `https://127.0.0.1:${by.tls}`)).toMatchObject({
        cause: 'proxy-unreachable',
      })
    } finally {
      for (const server of [secure, plainProxy, tlsProxy]) server.close()
    }
  })
})

describe('a proxy that opens no tunnel', () => {
  test.each([
    [
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      'proxy-refuses',
      /"HTTP\/1\.1 407 .*wants a name and a password/,
    ],
    ['HTTP/1.1 403 Forbidden\x1b[2J\r\n\r\n', 'proxy-refuses', /forbid this host or port/],
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 'proxy-refuses', / reach the server\./],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'proxy-refuses', /no HTTP/],
    [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`, 'proxy-refuses', /no HTTP/],
    ['', 'proxy-unreachable', /hung up/],
    ['HTTP/1.1 200 OK\r\n', 'proxy-unreachable', /hung up/],
  ])('%j', async (text, cause, means) => {
    const server = saying(text)
    const port = await listenOn(server)
    try {
      const probed = await probe('ws://site.test/', '--proxy', `127.0.0.1:${port}`)
      expect(probed).toMatchObject({ code: 1, cause, answer: null })
      expect(probed.means).toMatch(means)
      expect(probed.means).toContain('The proxy of --proxy')
    } finally {
      server.close()
    }
  })

  test('nothing listens there, and silence ends in time', async () => {
    const [dead = 0] = await freePorts(1)
    expect(await probe('ws://site.test/', '--proxy', `127.0.0.1:${dead}`)).toMatchObject({ cause: 'proxy-unreachable' })
    const mute = createServer((socket) => socket.on('error', () => {}))
    const port = await listenOn(mute)
    expect(await probe('ws://site.test/', '--proxy', `127.0.0.1:${port}`, '--timeout', '0.3')).toMatchObject({
      cause: 'proxy-silent',
    })
    mute.close()
  })

  test('an answer in the same packet as the proxy’s own is not lost', async () => {
    const server = saying('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
    const port = await listenOn(server)
    expect(await probe('ws://site.test/', '--proxy', `127.0.0.1:${port}`)).toMatchObject({ cause: 'not-found' })
    server.close()
  })
})
