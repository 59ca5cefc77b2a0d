/** What src/nginx/defaults.ts and the rules say of a version, asked of the nginx at hand, whichever that is. */
import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import {
  acceptsProxyHttpVersion,
  changedIn,
  defaultConnectionHeader,
  defaultProxyHttpVersion,
  hasAddHeaderInherit,
} from '../../src/nginx/defaults.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { type Backend, startStrictBackend } from './backends.ts'
import { handshake, plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, nginxTest } from './nginx.ts'
import { findNginx, nginxIsAtLeast, nginxVersion } from './nginx-binary.ts'
import { type NginxAtWork, withNginx } from './nginx-pool.ts'
import { makeTree } from './tree.ts'
import { valuesOf } from './wire.ts'

const target = (findNginx() && parseVersion(nginxVersion())) || 'unknown'
const isSince = (version: string) => findNginx() !== undefined && nginxIsAtLeast(version)
const keepsConnections = isSince(changedIn.upstreamKeepalive)

let backend: Backend
beforeAll(async () => {
  backend = await startStrictBackend()
})
afterAll(() => backend.stop())

/** Starts nginx with a server that has this content, behind an upstream `b` that has that. */
function serve<T>(content: string, use: (at: NginxAtWork) => Promise<T>, upstream = '', port = backend.port) {
  const http = (own: number) =>
    `upstream b { server 127.0.0.1:${port}; ${upstream} } server { listen 127.0.0.1:${own}; ${content} }`
  const files = ([own]: readonly number[]) => ({
    'nginx.conf': mainConf(http(own as number).replaceAll('BACKEND', `127.0.0.1:${port}`)),
  })
  return withNginx({ files }, use)
}

/** What nginx says of a configuration, and what is reported about it. */
async function opinions(http: string) {
  const text = mainConf(http)
  const tree = makeTree({ 'nginx.conf': text })
  try {
    const { syntaxOk, messages } = await nginxTest(tree.dir)
    const { problems } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text }), rules, { target })
    return { syntaxOk, messages, problems }
  } finally {
    tree.remove()
  }
}

describeWithNginx('what a backend gets unasked', (add) => {
  add('the version of HTTP, and Connection', async () => {
    await serve('location / { proxy_pass http://b; }', async ({ port }) => {
      const { id } = await plainRequest({ port, path: '/' })
      const { httpVersion, headers } = backend.recorder.one(id)
      expect({ httpVersion, connection: valuesOf(headers, 'connection')[0] }).toEqual({
        httpVersion: defaultProxyHttpVersion(target),
        connection: defaultConnectionHeader(target),
      })
    })
  })

  // How many connections two requests in a row take: before, and since upstreams are kept alive unasked.
  const PASS = 'proxy_pass http://b;'
  const CONNECTIONS: Readonly<Record<string, readonly [location: string, before: number, since: number]>> = {
    'an upstream': [PASS, 2, 1],
    'an upstream, asked without Connection': [`${PASS} proxy_http_version 1.1; proxy_set_header Connection "";`, 2, 1],
    'a literal Connection: upgrade': [`${PASS} proxy_http_version 1.1; proxy_set_header Connection upgrade;`, 2, 1],
    'an address by itself': ['proxy_pass http://BACKEND;', 2, 2],
    'an address from a variable': ['set $to BACKEND; proxy_pass http://$to;', 2, 2],
    'HTTP/1.0': [`${PASS} proxy_http_version 1.0;`, 2, 2],
    'Connection: close': [`${PASS} proxy_set_header Connection close;`, 2, 2],
  }
  const connectionsOf = (lines: string, upstream?: string) =>
    serve(
      `location / { ${lines} }`,
      async ({ port }) => {
        const ids = [(await plainRequest({ port, path: '/' })).id, (await plainRequest({ port, path: '/' })).id]
        return new Set(ids.map((id) => backend.recorder.one(id).connection)).size
      },
      upstream,
    )
  for (const [name, [lines, before, since]] of Object.entries(CONNECTIONS)) {
    const expected = keepsConnections ? since : before
    add(`${name}: two requests take ${expected} connections`, async () => {
      expect(await connectionsOf(lines)).toBe(expected)
    })
  }
  if (keepsConnections)
    add('keepalive 0: two requests take 2 connections', async () => {
      expect(await connectionsOf(PASS, 'keepalive 0;')).toBe(2)
    })
})

describeWithNginx('proxy_http_version', (add) => {
  for (const value of ['1.0', '1.1', '2', '2.0', '3'])
    add(`${value} is taken where the model says so`, async () => {
      const { syntaxOk } = await opinions(
        `server { location / { proxy_pass http://127.0.0.1:1; proxy_http_version ${value}; } }`,
      )
      expect(syntaxOk).toBe(acceptsProxyHttpVersion(value, target))
    })

  if (isSince(changedIn.proxyHttp2))
    add('2 brings ordinary requests to an HTTP/2 backend, and no handshake', async () => {
      const server = createServer().on('stream', (stream: ServerHttp2Stream) => {
        stream.respond({ ':status': 200 })
        stream.end('by HTTP/2')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const rows = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;'
      const content = `location / { proxy_pass http://b; proxy_http_version 2; } location /ws { proxy_pass http://b; proxy_http_version 2; ${rows} }`
      const seen = await serve(
        content,
        async ({ port }) => [
          (await plainRequest({ port, path: '/' })).body,
          (await handshake({ port, path: '/ws' })).status === 101,
        ],
        '',
        (server.address() as AddressInfo).port,
      ).finally(() => server.close())
      expect(seen).toEqual(['by HTTP/2', false])
    })
})

describeWithNginx('a handshake', (add) => {
  const ROWS =
    'proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;'

  for (const [lines, isSeen] of [
    ['', true],
    ['proxy_hide_header Upgrade;', false],
    ['proxy_hide_header Upgrade; proxy_pass_header upgrade;', true],
    ['proxy_hide_header Connection;', true],
  ] as const)
    add(`${lines || 'alone'}: the client sees ${isSeen ? 'both headers' : 'no Upgrade'} in the 101`, async () => {
      const { status, headers } = await serve(`location / { ${lines} ${ROWS} }`, ({ port }) =>
        handshake({ port, path: '/' }),
      )
      const seen = ['Upgrade', 'Connection'].map((name) => valuesOf(headers, name).join().toLowerCase())
      expect({ status, seen }).toEqual({ status: 101, seen: [isSeen ? 'websocket' : '', 'upgrade'] })
    })

  const taken = isSince(changedIn.http1BesideHttp2)
  add(`on a port with http2 and without TLS is ${taken ? 'taken' : 'not understood'}`, async () => {
    const http = (own: number) => `server { listen 127.0.0.1:${own} http2; location / { ${ROWS} } }`
    const upstream = `upstream b { server 127.0.0.1:${backend.port}; }`
    const files = ([own]: readonly number[]) => ({ 'nginx.conf': mainConf(upstream + http(own as number)) })
    const ask = ({ port }: NginxAtWork) =>
      handshake({ port, path: '/' }).then(
        ({ accepted }) => accepted,
        () => false,
      )
    expect(await withNginx({ files }, ask)).toBe(taken)
  })
})

describeWithNginx('add_header_inherit', (add) => {
  const HEADERS: Readonly<Record<string, readonly [content: string, seen: string]>> = {
    merge: ['add_header A 1; location / { add_header_inherit merge; add_header B 2; return 200; }', 'B: 2, A: 1'],
    on: ['add_header A 1; location / { add_header_inherit on; add_header B 2; return 200; }', 'B: 2'],
    off: ['add_header A 1; location / { add_header_inherit off; return 200; }', ''],
    'merge in the server': [
      'add_header_inherit merge; add_header A 1; location / { add_header B 2; return 200; }',
      'B: 2, A: 1',
    ],
    'a name twice': [
      'add_header A 1; location / { add_header_inherit merge; add_header A 2; return 200; }',
      'A: 2, A: 1',
    ],
  }
  for (const [name, [content, seen]] of Object.entries(HEADERS))
    if (hasAddHeaderInherit(target))
      add(`${name}: the client gets ${seen || 'none'}`, async () => {
        await serve(content, async ({ port }) => {
          const { headers } = await plainRequest({ port, path: '/' })
          const own = headers.filter(([header]) => /^[AB]$/.test(header)).map((header) => header.join(': '))
          expect(own.join(', ')).toBe(seen)
        })
        const { problems } = await opinions(`server { ${content} }`)
        const isLost = problems.some(({ ruleId }) => ruleId === 'inheritance/dropped-headers')
        expect(isLost).toBe(name === 'on')
      })
    else
      add(`${name} is unknown, here and there`, async () => {
        const { syntaxOk, problems } = await opinions(`server { ${content} }`)
        expect(syntaxOk).toBe(false)
        expect(problems.map(({ ruleId }) => ruleId)).toContain('directives/version')
      })
})

describeWithNginx('what nginx warns of', (add) => {
  for (const line of ['listen 127.0.0.1:1 http2;', 'listen 127.0.0.1:1; http2 on;', 'listen 127.0.0.1:1; ssl off;'])
    add(line, async () => {
      const { syntaxOk, messages, problems } = await opinions(`server { ${line} }`)
      const ids = new Set(problems.map(({ ruleId }) => ruleId))
      expect(ids.has('directives/version')).toBe(!syntaxOk)
      if (syntaxOk) expect(ids.has('directives/deprecated')).toBe(messages.some(({ level }) => level === 'warn'))
    })
})
