/** `ngxlint probe` against real parts, and `ngxlint trace` beside it: nginx with each broken line before a strict backend. */
import { createServer as createHttpServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Server as SocketIo } from 'socket.io'
import { listenOn } from '../cli/listen-on.ts'
import { type Backend, startLenientBackend, startStrictBackend } from './backends.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf } from './nginx.ts'
import { nginxVersion } from './nginx-binary.ts'
import { withNginx } from './nginx-pool.ts'
import { freePorts } from './ports.ts'
import { probe, trace } from './probing.ts'

const VERSION = 'proxy_http_version 1.1;'
const UPGRADE = 'proxy_set_header Upgrade $http_upgrade;'
const CONNECTION = 'proxy_set_header Connection $connection_upgrade;'
const ALL = `${VERSION} ${UPGRADE} ${CONNECTION}`
const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"

interface Row {
  /** The block of the path; `PASS` is a `proxy_pass` to the backend, `AT` the path of the row. */
  readonly location: string
  readonly below?: string
  readonly cause: string
  /** The rules that the trace names. */
  readonly rules?: readonly (string | null)[]
}

/** The strict backend answers 426 to whatever is no handshake. */
const ROWS: Readonly<Record<string, Row>> = {
  'all lines': { location: `location AT { PASS; ${ALL} }`, cause: 'opened', rules: [] },
  'a regex location': { location: `location ~ ^AT/x$ { PASS; ${ALL} }`, below: '/x', cause: 'opened', rules: [] },
  'no lines': { location: 'location AT { PASS; }', cause: 'headers-lost' },
  'no Upgrade': {
    location: `location AT { PASS; ${VERSION} ${CONNECTION} }`,
    cause: 'headers-lost',
    rules: ['websocket/upgrade-header'],
  },
  'no Connection': {
    location: `location AT { PASS; ${VERSION} ${UPGRADE} }`,
    cause: 'headers-lost',
    rules: ['websocket/connection-header'],
  },
  'Connection close': {
    location: `location AT { PASS; ${VERSION} ${UPGRADE} proxy_set_header Connection close; }`,
    cause: 'headers-lost',
    rules: ['websocket/connection-header'],
  },
  'version 1.0': {
    location: `location AT { PASS; proxy_http_version 1.0; ${UPGRADE} ${CONNECTION} }`,
    cause: 'headers-lost',
    rules: ['websocket/http-version'],
  },
  'two Upgrade rows': {
    location: `location AT { PASS; ${ALL} ${UPGRADE} }`,
    cause: 'headers-lost',
    rules: ['websocket/upgrade-header'],
  },
  'no key': {
    location: `location AT { PASS; ${ALL} proxy_set_header Sec-WebSocket-Key ""; }`,
    cause: 'headers-lost',
    rules: ['websocket/handshake-blocked'],
  },
  'no client headers': {
    location: `location AT { PASS; ${ALL} proxy_pass_request_headers off; }`,
    cause: 'headers-lost',
    rules: ['websocket/handshake-blocked'],
  },
  'an answer without Upgrade': {
    location: `location AT { PASS; ${ALL} proxy_hide_header Upgrade; }`,
    cause: 'no-switch',
    rules: ['websocket/handshake-blocked'],
  },
  'an answer without the answer to the key': {
    location: `location AT { PASS; ${ALL} proxy_hide_header Sec-WebSocket-Accept; }`,
    cause: 'wrong-accept',
    rules: ['websocket/handshake-blocked'],
  },
  'another method': {
    location: `location AT { PASS; ${ALL} proxy_method POST; }`,
    cause: 'headers-lost',
    rules: ['websocket/handshake-blocked'],
  },
  'a return before': {
    location: `location AT { return 301 https://$host$request_uri; PASS; ${ALL} }`,
    cause: 'redirect',
    rules: ['websocket/handshake-blocked', null],
  },
  'no last slash': { location: `location AT/ { PASS; ${ALL} }`, cause: 'redirect' },
  'a file': { location: 'location AT { root html; }', cause: 'not-found' },
  'a page': { location: 'location AT { default_type text/html; return 200 "<html>"; }', cause: 'page' },
  forbidden: { location: `location AT { deny all; PASS; ${ALL} }`, cause: 'forbidden' },
  password: {
    location: `location AT { auth_basic x; auth_basic_user_file none; PASS; ${ALL} }`,
    cause: 'unauthorized',
  },
  'closed without an answer': { location: 'location AT { return 444; }', cause: 'closed' },
  'a named location': {
    location: `location AT { try_files /nothing @b; } location @b { PASS; ${ALL} }`,
    cause: 'opened',
    rules: [],
  },
  rewritten: {
    location: `location AT/old { rewrite ^ AT/new last; } location AT/new { PASS; ${ALL} }`,
    below: '/old',
    cause: 'opened',
    rules: [],
  },
  'another backend’s protocol': { location: 'location AT { fastcgi_pass 127.0.0.1:DEAD; }', cause: 'bad-gateway' },
}

describeWithNginx('probe and trace', (add) => {
  let strict: Backend
  let dead = 0
  beforeAll(async () => {
    strict = await startStrictBackend()
    ;[dead] = (await freePorts(1)) as [number]
  })
  afterAll(() => strict.stop())

  const conf = (port: number): string => {
    const locations = Object.values(ROWS).map(({ location }, index) =>
      location
        .replaceAll('PASS', `proxy_pass http://127.0.0.1:${strict.port}`)
        .replaceAll('AT', `/row${index}r`)
        .replaceAll('@b', `@b${index}`)
        .replaceAll('DEAD', String(dead)),
    )
    return mainConf(`${MAP}\nserver { listen 127.0.0.1:${port};\n${locations.join('\n')}\n}`)
  }

  add('say the same of each broken line, and what it means', async () => {
    await withNginx({ files: ([port = 0]) => ({ 'nginx.conf': conf(port) }) }, async ({ port, tree }) => {
      const seen = await Promise.all(
        Object.entries(ROWS).map(async ([name, { below = '', rules }], index) => {
          const url = `ws://127.0.0.1:${port}/row${index}r${below}`
          const probed = await probe(url, '--timeout', '5')
          const traced = await trace(url, tree.path('nginx.conf'), '--nginx-version', nginxVersion())
          const named = rules && { rules: traced.verdict.reasons.map(({ ruleId }) => ruleId) }
          return [name, { cause: probed.cause, code: probed.code, traced: traced.code, ...named }]
        }),
      )
      const expected = Object.entries(ROWS).map(([name, { cause, rules }]) => {
        const code = cause === 'opened' ? 0 : 1
        return [name, { cause, code, traced: code, ...(rules ? { rules } : {}) }]
      })
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected))
    })
  })

  add('compare finds the hop, and the configuration explains it', async () => {
    const at = { files: ([port = 0]: readonly number[]) => ({ 'nginx.conf': conf(port) }) }
    await withNginx(at, async ({ port, tree }) => {
      const broken = `ws://127.0.0.1:${port}/row2r`
      const probed = await probe(
        broken,
        '--compare',
        `http://127.0.0.1:${strict.port}/row2r`,
        '--conf',
        tree.path('nginx.conf'),
      )
      expect(probed).toMatchObject({ code: 1, cause: 'headers-lost', compare: { cause: 'opened' } })
      expect(probed.hops.map(({ id }) => id)).toEqual(['nginx'])
      expect(probed.compare?.between).toBe(
        'The backend opens it when it is asked directly: the handshake dies between nginx and the backend, or at nginx itself.',
      )
      expect(probed.trace).toMatchObject({ verdict: { kind: 'fails' } })
      expect(probed.trace?.sideBySide).toMatch(/^Both say the same: it does not open/)
      const refused = await probe(`ws://127.0.0.1:${dead}/`, '--compare', `ws://127.0.0.1:${dead}/`)
      expect(refused).toMatchObject({ code: 1, cause: 'refused', failure: { kind: 'refused' } })
      expect(refused.compare?.between).toMatch(/^The backend could not be asked from here/)
    })
  })
})

describeWithNginx('probe and Socket.IO behind nginx', (add) => {
  add('without the headers it says so in its own way, with them it opens', async () => {
    const server = createHttpServer()
    const io = new SocketIo(server)
    const backend = await listenOn(server)
    const conf = (port: number) =>
      mainConf(`${MAP} server { listen 127.0.0.1:${port};
        location / { proxy_pass http://127.0.0.1:${backend}; }
        location /socket.io/ { proxy_pass http://127.0.0.1:${backend}; ${ALL} }
        location /bare/ { proxy_pass http://127.0.0.1:${backend}/socket.io/; } }`)
    await withNginx({ files: ([port = 0]) => ({ 'nginx.conf': conf(port) }) }, async ({ port }) => {
      const at = (path: string) => probe(`ws://127.0.0.1:${port}/${path}/?EIO=4&transport=websocket`)
      expect(await at('socket.io')).toMatchObject({ code: 0, cause: 'opened', hops: [{ id: 'nginx' }] })
      const probed = await at('bare')
      expect(probed).toMatchObject({ code: 1, cause: 'socket-io-bad-request', answer: { status: 400 } })
      expect(probed.means).toMatch(/nginx drops both unless told otherwise/)
    })
    io.close()
  })
})

describe('probe and a backend of ws', () => {
  let lenient: Backend
  beforeAll(async () => {
    lenient = await startLenientBackend()
  })
  afterAll(() => lenient.stop())

  test('opens, has a ping answered, and closes', async () => {
    const probed = await probe(`ws://127.0.0.1:${lenient.port}/`)
    expect(probed).toMatchObject({ code: 0, open: true, cause: 'opened', answer: { status: 101 } })
    expect(probed.pongMilliseconds).toBeGreaterThan(0)
  })

  test('an older version of the protocol', async () => {
    const probed = await probe(`ws://127.0.0.1:${lenient.port}/`, '-H', 'Sec-WebSocket-Version: 7')
    expect(probed).toMatchObject({ code: 1, cause: 'websocket-version' })
  })

  test('a request that is no handshake by our own doing', async () => {
    const probed = await probe(`ws://127.0.0.1:${lenient.port}/`, '-H', 'Upgrade:')
    expect(probed).toMatchObject({ code: 1, cause: 'not-asked', answer: { status: 426 } })
  })
})
