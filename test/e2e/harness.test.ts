/** What NGINX.md section 4 says of handshakes, seen with the nginx at hand; and the harness that sees it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Backend, startLenientBackend, startStrictBackend } from './backends.ts'
import { type HandshakeAnswer, handshake, plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, nginxTest } from './nginx.ts'
import { findNginx, nginxIsAtLeast } from './nginx-binary.ts'
import { type NginxAtWork, NginxPool, withNginx } from './nginx-pool.ts'
import { freePorts } from './ports.ts'
import { makeTree } from './tree.ts'
import { type HeaderList, valuesOf } from './wire.ts'

/** Since 1.29.7 nginx asks its backends in HTTP/1.1 and sends no `Connection: close`. */
const modern = findNginx() !== undefined && nginxIsAtLeast('1.29.7')
const close = modern ? [] : ['close']

const VERSION = 'proxy_http_version 1.1;'
const UPGRADE = 'proxy_set_header Upgrade $http_upgrade;'
const CONNECTION = 'proxy_set_header Connection "upgrade";'
const ALL = `${VERSION} ${UPGRADE} ${CONNECTION}`
const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"

interface Row {
  readonly location: string
  readonly server?: string
  readonly http?: string
  readonly path?: string
  readonly headers?: HeaderList
  /** What the client gets: from the strict backend, from the lenient one. */
  readonly status: readonly [strict: number, lenient: number]
  /** What the strict backend got. */
  readonly got?: { httpVersion?: string; upgrade?: string[]; connection?: string[]; method?: string; target?: string }
}

/** `PASS` stands for the `proxy_pass` to either backend. */
const SEEN: Record<string, Row> = {
  'none of the three': {
    location: 'location /ws { PASS; }',
    status: [426, 426],
    got: { httpVersion: modern ? '1.1' : '1.0', upgrade: [], connection: close },
  },
  'all but the version': {
    location: `location /ws { PASS; ${UPGRADE} ${CONNECTION} }`,
    status: [modern ? 101 : 426, 101],
    got: { httpVersion: modern ? '1.1' : '1.0', upgrade: ['websocket'], connection: ['upgrade'] },
  },
  'version 1.0': {
    location: `location /ws { PASS; proxy_http_version 1.0; ${UPGRADE} ${CONNECTION} }`,
    status: [426, 101],
  },
  'all but Upgrade': {
    location: `location /ws { PASS; ${VERSION} ${CONNECTION} }`,
    status: [426, 426],
    got: { httpVersion: '1.1', upgrade: [], connection: ['upgrade'] },
  },
  'all but Connection': {
    location: `location /ws { PASS; ${VERSION} ${UPGRADE} }`,
    status: [426, 426],
    got: { httpVersion: '1.1', upgrade: ['websocket'], connection: close },
  },
  'all three': {
    location: `location /ws { PASS; ${ALL} }`,
    status: [101, 101],
    got: { httpVersion: '1.1', upgrade: ['websocket'], connection: ['upgrade'] },
  },
  'all three at server level': { server: ALL, location: 'location /ws { PASS; }', status: [101, 101] },
  'all three at server level, a row of its own in the location': {
    server: ALL,
    location: 'location /ws { PASS; proxy_set_header Host $host; }',
    status: [426, 426],
    got: { httpVersion: '1.1', upgrade: [], connection: close },
  },
  'a doubled Upgrade': {
    location: `location /ws { PASS; ${ALL} ${UPGRADE} }`,
    status: [426, 400],
    got: { upgrade: ['websocket', 'websocket'] },
  },
  // A header of another name to nginx, which sends its own `Connection` besides; the backend reads `Upgrade: : websocket`.
  'a colon in the names': {
    location: `location /ws { PASS; ${VERSION} proxy_set_header Upgrade: $http_upgrade; proxy_set_header Connection: "upgrade"; }`,
    status: [426, 426],
    got: { httpVersion: '1.1', upgrade: [': websocket'], connection: [': upgrade', ...close] },
  },
  'a colon in the name of Upgrade': {
    location: `location /ws { PASS; ${VERSION} proxy_set_header Upgrade: $http_upgrade; ${CONNECTION} }`,
    status: [426, 400],
    got: { upgrade: [': websocket'], connection: ['upgrade'] },
  },
  'a colon in the name of Connection': {
    location: `location /ws { PASS; ${VERSION} ${UPGRADE} proxy_set_header Connection: "upgrade"; }`,
    status: [426, 426],
    got: { upgrade: ['websocket'], connection: [': upgrade', ...close] },
  },
  'Connection with a colon and without': {
    location: `location /ws { PASS; ${ALL} proxy_set_header Connection: "upgrade"; }`,
    status: [101, 101],
    got: { upgrade: ['websocket'], connection: ['upgrade', ': upgrade'] },
  },
  'Upgrade with a colon and without': {
    location: `location /ws { PASS; ${ALL} proxy_set_header Upgrade: $http_upgrade; }`,
    status: [426, 400],
    got: { upgrade: ['websocket', ': websocket'] },
  },
  'a colon in the name of Host': {
    location: `location /ws { PASS; ${ALL} proxy_set_header Host: $host; }`,
    status: [426, 101],
    got: { upgrade: ['websocket'], connection: ['upgrade'] },
  },
  'no key': {
    location: `location /ws { PASS; ${ALL} proxy_set_header Sec-WebSocket-Key ""; }`,
    status: [426, 400],
  },
  'no request headers': {
    location: `location /ws { PASS; ${ALL} proxy_pass_request_headers off; }`,
    status: [426, 400],
  },
  'another method': {
    location: `location /ws { PASS; ${ALL} proxy_method POST; }`,
    status: [426, 405],
    got: { method: 'POST' },
  },
  'a regex location that also matches': {
    location: `location /ws { PASS; ${ALL} } location ~ ^/ws { PASS; }`,
    status: [426, 426],
  },
  'a regex location that also matches, among other paths': {
    location: `location ~ ^/(api|ws)/ { PASS; } location /ws/ { PASS; ${ALL} }`,
    path: '/ws/chat',
    status: [426, 426],
  },
  'a prefix behind which no regex is tried': {
    location: `location ~ ^/(api|ws)/ { PASS; } location ^~ /ws/ { PASS; ${ALL} }`,
    path: '/ws/chat',
    status: [101, 101],
  },
  'a return before it': {
    server: 'return 301 /elsewhere;',
    location: `location /ws { PASS; ${ALL} }`,
    status: [301, 301],
  },
  'the slashed name only': { location: `location /ws/ { PASS; ${ALL} }`, status: [301, 301] },
  'Connection by a map': {
    http: MAP,
    location: `location /ws { PASS; ${VERSION} ${UPGRADE} proxy_set_header Connection $connection_upgrade; }`,
    status: [101, 101],
  },
  'a location in a location': {
    location: `location / { ${ALL} location /ws { PASS; } }`,
    status: [101, 101],
  },
  'a proxy_pass in an if': { location: `location /ws { ${ALL} if ($http_upgrade) { PASS; } }`, status: [101, 101] },
  'a version that the backend does not speak': {
    location: `location /ws { PASS; ${ALL} }`,
    headers: [['Sec-WebSocket-Version', '12']],
    status: [426, 400],
  },
  'a path as it was sent': {
    location: `location / { PASS; ${ALL} }`,
    path: '/a//b%2Fc%20d/../ws?x=%2F',
    status: [101, 101],
    got: { target: '/a//b%2Fc%20d/../ws?x=%2F' },
  },
  ...each('Connection', { Upgrade: 101, '"keep-alive, Upgrade"': 101, $http_connection: 101, upgrade: 101 }),
  ...each('Connection', { close: 426, 'keep-alive': 426, '""': 426, $http_upgrade: 426 }),
  ...each('Upgrade', { websocket: 101, WebSocket: 101, '""': 426 }),
  // The backend is asked for the protocol "Upgrade": `ws` calls that a bad request.
  ...each('Upgrade', { $http_connection: [426, 400] }),
}

/** One row for each value of a header, the other header being right. */
function each(
  header: 'Upgrade' | 'Connection',
  values: Record<string, number | [number, number]>,
): Record<string, Row> {
  const other = header === 'Upgrade' ? CONNECTION : UPGRADE
  return Object.fromEntries(
    Object.entries(values).map(([value, status]): [string, Row] => [
      `${header} ${value}`,
      {
        location: `location /ws { PASS; ${VERSION} ${other} proxy_set_header ${header} ${value}; }`,
        status: typeof status === 'number' ? [status, status] : status,
      },
    ]),
  )
}

const REFUSED: Record<string, { http: string; says: string; line: number | undefined }> = {
  'no map for $connection_upgrade': {
    http: 'server { listen 127.0.0.1:1; location / { proxy_pass http://127.0.0.1:1;\nproxy_set_header Connection $connection_upgrade; } }',
    says: 'unknown "connection_upgrade" variable',
    line: undefined,
  },
  'proxy_pass ws://': {
    http: 'server { listen 127.0.0.1:1; location / {\nproxy_pass ws://127.0.0.1:1; } }',
    says: 'invalid URL prefix',
    line: 5,
  },
  'a header row in an if': {
    http: `server { listen 127.0.0.1:1; location / { if ($http_upgrade) {\n${UPGRADE} } } }`,
    says: '"proxy_set_header" directive is not allowed here',
    line: 5,
  },
  'a missing semicolon': {
    http: 'server { listen 127.0.0.1:1 }',
    says: 'unexpected "}"',
    line: 4,
  },
}

let strict: Backend
let lenient: Backend

beforeAll(async () => {
  strict = await startStrictBackend()
  lenient = await startLenientBackend()
})

afterAll(async () => {
  await strict.stop()
  await lenient.stop()
})

function server(row: Row, port: number, backend: Backend): string {
  const pass = `proxy_pass http://127.0.0.1:${backend.port}`
  return `server { listen 127.0.0.1:${port}; ${row.server ?? ''}\n${row.location.replaceAll('PASS', pass)} }`
}

/** Both backends behind one nginx. */
function run<T>(row: Row, use: (at: NginxAtWork) => Promise<T>): Promise<T> {
  const files = ([one, two]: readonly number[]) => ({
    'nginx.conf': mainConf(`${row.http ?? ''}\n${server(row, one!, strict)}\n${server(row, two!, lenient)}`),
  })
  return withNginx({ ports: 2, files }, use)
}

describeWithNginx('a handshake through nginx', (add) => {
  for (const [name, row] of Object.entries(SEEN)) {
    add(`${name}: ${row.status.join(' from the strict backend, ')} from the lenient one`, async () => {
      await run(row, async ({ ports }) => {
        const asked = { path: row.path ?? '/ws', headers: row.headers ?? [] }
        const answers: HandshakeAnswer[] = []
        for (const port of ports) answers.push(await handshake({ port, ...asked }))
        expect(answers.map(({ status }) => status)).toEqual(row.status)
        expect(answers.map(({ accepted }) => accepted)).toEqual(row.status.map((status) => status === 101))
        if (row.got) {
          const { httpVersion, method, target, headers } = strict.recorder.one(answers[0]!.id)
          const [upgrade, connection] = [valuesOf(headers, 'upgrade'), valuesOf(headers, 'connection')]
          expect({ httpVersion, method, target, upgrade, connection }).toMatchObject(row.got)
        }
      })
    })
  }

  add('a map keeps an ordinary request ordinary; a literal does not', async () => {
    const byMap = `location /ws { PASS; ${VERSION} ${UPGRADE} proxy_set_header Connection $connection_upgrade; }`
    const byLiteral = `location /chat { PASS; ${ALL} }`
    await run({ http: MAP, location: byMap + byLiteral, status: [101, 101] }, async ({ port }) => {
      const seen = []
      for (const path of ['/ws', '/chat']) {
        const { id, status } = await plainRequest({ port, path })
        const { headers } = strict.recorder.one(id)
        seen.push([status, valuesOf(headers, 'upgrade'), valuesOf(headers, 'connection')])
      }
      expect(seen).toEqual([
        [200, [], ['close']],
        [200, [], ['upgrade']],
      ])
    })
  })

  add('a map to nothing keeps upstream connections, a map to close ends them', async () => {
    const connections = async (ordinary: string): Promise<number> => {
      const http = `map $http_upgrade $connection_upgrade { default upgrade; '' ${ordinary}; }
        upstream kept { server 127.0.0.1:${strict.port}; keepalive 4; }`
      const rows = `${VERSION} ${UPGRADE} proxy_set_header Connection $connection_upgrade;`
      const row: Row = { http, location: `location / { proxy_pass http://kept; ${rows} }`, status: [101, 101] }
      return run(row, async ({ port }) => {
        const ids = [await plainRequest({ port, path: '/' }), await plainRequest({ port, path: '/' })]
        return new Set(ids.map(({ id }) => strict.recorder.one(id).connection)).size
      })
    }
    expect([await connections("''"), await connections('close')]).toEqual([1, 2])
  })

  add("a colon in a header's name is sent, and hides nothing", async () => {
    const http = (port: number, backend: number) => `
      server { listen 127.0.0.1:${port};
        location / { proxy_pass http://127.0.0.1:${backend}; proxy_hide_header X-One:; proxy_hide_header X-Two; add_header X-Own: a; }
      }
      server { listen 127.0.0.1:${backend}; add_header X-One 1; add_header X-Two 2; return 200; }`
    const files = ([one, two]: readonly number[]) => ({ 'nginx.conf': mainConf(http(one!, two!)) })
    await withNginx({ ports: 2, files }, async ({ port }) => {
      const { headers } = await plainRequest({ port, path: '/' })
      expect(['X-One', 'X-Two', 'X-Own'].map((name) => valuesOf(headers, name))).toEqual([['1'], [], [': a']])
    })
  })

  add('the 426 of a wrong version names the right one', async () => {
    const row = SEEN['a version that the backend does not speak']!
    await run(row, async ({ port }) => {
      const { headers } = await handshake({ port, path: '/ws', headers: row.headers ?? [] })
      expect(valuesOf(headers, 'sec-websocket-version')).toEqual(['13'])
    })
  })
})

describeWithNginx('nginx -t', (add) => {
  for (const [name, { http, says, line }] of Object.entries(REFUSED)) {
    add(`refuses ${name}`, async () => {
      const tree = makeTree({ 'nginx.conf': mainConf(http) })
      const { ok, syntaxOk, messages } = await nginxTest(tree.dir)
      expect({ ok, syntaxOk }).toEqual({ ok: false, syntaxOk: false })
      const file = line === undefined ? undefined : tree.path('nginx.conf')
      expect(messages).toEqual([{ level: 'emerg', text: expect.stringContaining(says), file, line }])
      tree.remove()
    })
  }

  add('takes a tree with includes and its own pid file', async () => {
    const [port] = await freePorts(1)
    const tree = makeTree({
      'etc/nginx.conf': `pid own.pid; ${mainConf('include sites/*;')}`,
      'etc/sites/a': `server { listen 127.0.0.1:${port}; }`,
    })
    const { ok, syntaxOk, messages } = await nginxTest(tree.dir, 'etc/nginx.conf')
    expect({ ok, syntaxOk, messages }).toEqual({ ok: true, syntaxOk: true, messages: [] })
    tree.remove()
  })

  add('tells a text it can read from files it cannot find', async () => {
    const tree = makeTree({ 'nginx.conf': mainConf('server { listen 127.0.0.1:1; access_log missing/access.log; }') })
    const { ok, syntaxOk, messages } = await nginxTest(tree.dir)
    expect({ ok, syntaxOk, level: messages[0]?.level }).toEqual({ ok: false, syntaxOk: true, level: 'emerg' })
    tree.remove()
  })
})

describeWithNginx('a started nginx', (add) => {
  const hello = ([port]: readonly number[]) => ({
    'nginx.conf': mainConf(`server { listen 127.0.0.1:${port}; location / { return 200 ${port}; } }`),
  })

  add('is gone after use, with its tree, even if the use failed', async () => {
    let seen: NginxAtWork | undefined
    const failing = withNginx({ files: hello }, async (at) => {
      seen = at
      throw new Error('as tests do')
    })
    await expect(failing).rejects.toThrow('as tests do')
    await expect(plainRequest({ port: seen!.port, path: '/' })).rejects.toThrow('ECONNREFUSED')
    expect(() => process.kill(seen!.nginx.pid, 0)).toThrow('ESRCH')
    expect(() => seen!.tree.read('nginx.conf')).toThrow('ENOENT')
  })

  add('says why it did not start', async () => {
    const bad = withNginx({ files: () => ({ 'nginx.conf': 'events {}\nnonsense;' }) }, async () => {})
    await expect(bad).rejects.toMatchObject({
      messages: [{ level: 'emerg', text: 'unknown directive "nonsense"', file: expect.any(String), line: 2 }],
    })
  })

  add('gets other ports when somebody took one', async () => {
    let attempts = 0
    const files = ([port]: readonly number[]) => hello([attempts++ === 0 ? strict.port : port!])
    await withNginx({ files }, async ({ port }) => {
      expect((await plainRequest({ port, path: '/' })).body).toBe(String(port))
    })
    expect(attempts).toBe(2)
  })

  add('answers for itself alone when many run side by side', async () => {
    const pool = new NginxPool(4)
    const runs = Array.from({ length: 40 }, () =>
      pool.run({ files: hello }, async ({ port }) => (await plainRequest({ port, path: '/' })).body === String(port)),
    )
    expect(await Promise.all(runs)).toEqual(Array.from({ length: 40 }, () => true))
  })
})

describe('the backends', () => {
  test('record a request as it was sent', async () => {
    const headers: HeaderList = [
      ['x-TWICE', '1'],
      ['X-Twice', '2'],
    ]
    for (const { port, recorder } of [strict, lenient]) {
      const { id, status, body } = await plainRequest({ port, path: '//a%2Fb?', headers, id: `as-sent-${port}` })
      const { method, target, httpVersion, headers: received } = recorder.one(id)
      expect({ method, target, httpVersion, received }).toEqual({
        method: 'GET',
        target: '//a%2Fb?',
        httpVersion: '1.1',
        received: [['Host', 'localhost'], ['X-Plain', '1'], ['X-E2E-Id', id], ...headers],
      })
      expect([status, JSON.parse(body)]).toMatchObject([200, { method, target, httpVersion, headers: received }])
    }
  })

  test('the strict one names each fault', async () => {
    const headers: HeaderList = [
      ['Upgrade', 'websocket'],
      ['Upgrade', 'h2c'],
      ['Connection', 'keep-alive, x-upgrade'],
      ['Sec-WebSocket-Key', 'c2hvcnQ='],
      ['Sec-WebSocket-Version', '8'],
      ['Host', 'a'],
      ['Host', 'b'],
      ['Upgrade ', ': websocket'],
    ]
    const { id, status } = await handshake({
      port: strict.port,
      path: '/',
      method: 'POST',
      httpVersion: '1.0',
      headers,
    })
    expect(status).toBe(426)
    expect(strict.recorder.one(id).faults).toEqual([
      'method POST',
      'HTTP/1.0',
      '2 Host',
      'Upgrade: websocket + h2c',
      'Connection: keep-alive, x-upgrade',
      'Sec-WebSocket-Version: 8',
      'Sec-WebSocket-Key: c2hvcnQ=',
      'the name "Upgrade "',
    ])
  })

  test('take names and tokens in any case', async () => {
    const headers: HeaderList = [
      ['UPGRADE', 'WebSocket'],
      ['connection', 'keep-alive, UPGRADE'],
    ]
    for (const { port } of [strict, lenient]) {
      expect(await handshake({ port, path: '/', headers })).toMatchObject({ status: 101, accepted: true })
    }
  })

  test('answer a request that asks for nothing with 426', async () => {
    for (const { port } of [strict, lenient]) {
      const { status } = await plainRequest({ port, path: '/', headers: [['X-Plain', '0']] })
      expect(status).toBe(426)
    }
  })
})

describe('the client', () => {
  test('gives up in time', async () => {
    const { createServer } = await import('node:net')
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    await expect(handshake({ port, path: '/', timeoutMs: 50 })).rejects.toThrow('no whole answer within 50 ms')
    silent.close()
  })
})
