/**
 * Faults of configurations as people post them: nginx and a strict backend say that the handshake fails, `trace` and the rules agree, and
 * the fixed configuration opens it.
 */
import { afterAll, beforeAll, expect } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import type { SocketUrl } from '../../src/diagnose/socket-url.ts'
import { parseSocketUrl } from '../../src/diagnose/socket-url.ts'
import { trace } from '../../src/diagnose/trace.ts'
import { fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { modelOf } from '../effective/model-of.ts'
import { lintFiles } from '../rules/lint-files.ts'
import { type Backend, startStrictBackend } from './backends.ts'
import { handshake, plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, NginxStartError } from './nginx.ts'
import { nginxVersion } from './nginx-binary.ts'
import { linesToLoad } from './nginx-modules.ts'
import { withNginx } from './nginx-pool.ts'
import { valuesOf } from './wire.ts'

interface Row {
  /** `PASS` stands for the `proxy_pass` to the backend, `HEADERS` for what a handshake needs but for `Connection`. */
  readonly server: string
  readonly http?: string
  /** The lines outside of http. */
  readonly main?: string
  readonly path?: string
  /** What the client gets; undefined where nginx does not start. */
  readonly status: number | undefined
  /** Rules that report an error or a warning, but for those that are about time. */
  readonly told: readonly string[]
  /** What the fixes make of it: 101 unless given. */
  readonly fixed?: { readonly status: number | undefined; readonly told: readonly string[] }
  /** Whether `trace` says that it is not known. */
  readonly isOpen?: true
  /** Whether another backend decides, so that `trace` says that it opens. */
  readonly isUpToBackend?: true
  /** Whether it takes `--unsafe-fixes`. */
  readonly unsafe?: true
  /** Whether an ordinary request comes to the backend with `Connection: upgrade`, which websocket/hardcoded-connection tells of. */
  readonly isHardcoded?: boolean
  /** What the backend is asked for before the fixes, and after them. */
  readonly targets?: readonly [string | undefined, string]
}

const CONDITION = 'websocket/handshake-condition'
const UPGRADE = 'proxy_set_header Connection upgrade;'

const POSTED: Readonly<Record<string, Row>> = {
  'a refusal for want of Connection that leads on to a location with all the lines': {
    server: `proxy_intercept_errors on; error_page 400 426 = @ws; location /ws { PASS; HEADERS } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
  },
  'a variable that the server sets to close': {
    server: 'set $c close; location /ws { PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: ['websocket/connection-header'],
  },
  'one that is set again behind the if': {
    server:
      'location /ws { if ($http_upgrade) { set $c upgrade; } set $c ""; PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: ['websocket/connection-header'],
  },
  'one that is set in an if that no handshake meets': {
    server:
      'location /ws { if ($http_upgrade = "") { set $c upgrade; } PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: ['websocket/connection-header'],
  },
  'one that is set behind a break': {
    server: 'location /ws { set $c close; break; set $c upgrade; PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: ['websocket/connection-header'],
  },
  'one that an outer location sets, which is not inherited': {
    server:
      'set $c upgrade; location /ws { set $d upgrade; location /ws/x { PASS; HEADERS proxy_set_header Connection $c; } }',
    status: 101,
    told: [],
  },
  'an Upgrade from a variable that is set to nothing': {
    server: `set $u ""; location /ws { PASS; proxy_http_version 1.1; proxy_set_header Upgrade $u; ${UPGRADE} }`,
    status: 426,
    told: ['websocket/upgrade-header'],
  },
  'one that is set to upgrade for all': {
    server: 'set $c upgrade; location / { PASS; HEADERS proxy_set_header Connection $c; }',
    status: 101,
    told: [],
    isHardcoded: true,
  },
  'an if that compares Upgrade with WebSocket, and sets a variable of the server': {
    server:
      'set $c close; if ($http_upgrade = WebSocket) { set $c upgrade; } location /ws { PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: [CONDITION],
  },
  'the same in quotes, in the location': {
    server:
      'location /ws { set $c ""; if ($http_upgrade = "WebSocket") { set $c upgrade; } PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: [CONDITION],
  },
  'the same by a regex': {
    server:
      'set $c close; if ($http_upgrade ~ ^WebSocket$) { set $c upgrade; } location /ws { PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: [CONDITION],
  },
  'an if that compares Connection with upgrade': {
    server:
      'set $c close; if ($http_connection = "upgrade") { set $c upgrade; } location /ws { PASS; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: [CONDITION],
  },
  'the same beside a capture, which is kept': {
    server:
      'location ~ ^/(ws)(.*)$ { set $c ""; if ($http_upgrade = "WebSocket") { set $c upgrade; } PASS/live$2; HEADERS proxy_set_header Connection $c; }',
    status: 426,
    told: [CONDITION],
    targets: ['/live/x', '/live/x'],
  },
  'an if that turns away all but WebSocket': {
    server: `location /ws { if ($http_upgrade != "WebSocket") { return 400; } PASS; HEADERS ${UPGRADE} }`,
    status: 400,
    told: [CONDITION],
  },
  'an if that leads WebSocket to a location of its own, by a status': {
    server: `location / { if ($http_upgrade = "WebSocket") { return 418; } error_page 418 = @ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 426,
    told: [CONDITION],
    unsafe: true,
  },
  'an if that leads WebSocket to a location of its own, by a rewrite': {
    server: `location / { if ($http_upgrade = "WebSocket") { rewrite ^/(.*)$ /own/$1 last; } PASS; } location /own/ { PASS; HEADERS ${UPGRADE} }`,
    status: 426,
    told: [CONDITION],
    unsafe: true,
    targets: ['/ws/x', '/own/ws/x'],
  },
  'an if around the proxy_pass': {
    server: `location /ws { HEADERS ${UPGRADE} root /nonexistent; if ($http_upgrade = WebSocket) { PASS; } }`,
    status: 404,
    told: [CONDITION],
    unsafe: true,
  },
  'internal, and nothing that leads there': {
    server: `location / { root /nonexistent; } location /ws { internal; PASS; HEADERS ${UPGRADE} }`,
    status: 404,
    told: ['websocket/handshake-blocked'],
    fixed: { status: 404, told: ['websocket/handshake-blocked'] },
  },
  'internal around a location': {
    server: `location /ws { internal; location /ws/ { PASS; HEADERS ${UPGRADE} } }`,
    status: 404,
    told: ['websocket/handshake-blocked'],
    fixed: { status: 404, told: ['websocket/handshake-blocked'] },
  },
  'internal, and a rewrite of the server that leads there': {
    server: `if ($http_upgrade) { rewrite ^ /own last; } location /own { internal; PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
  },
  'internal, and a try_files that leads there': {
    server: `location / { root /nonexistent; try_files $uri /own; } location /own { internal; PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
  },
  'a status for handshakes whose error_page leads on': {
    server: `location /ws { if ($http_upgrade = websocket) { return 418; } error_page 418 = @ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
  },
  'the same, where the error_page keeps its status': {
    server: `location /ws { if ($http_upgrade = websocket) { return 418; } error_page 418 @ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 418,
    told: ['websocket/handshake-blocked'],
  },
  'a refused handshake whose error_page leads on': {
    server: `proxy_intercept_errors on; location /ws { error_page 426 = @ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
  },
  'the same, where the error_page gives a status': {
    server: `proxy_intercept_errors on; location /ws { error_page 426 =200 @ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 200,
    told: ['websocket/handshake-blocked'],
    unsafe: true,
  },
  'rows in a location whose try_files leads to the one with the backend': {
    server: `root /nonexistent; location / { try_files $uri @app; HEADERS ${UPGRADE} } location @app { PASS; proxy_http_version 1.0; proxy_set_header Host $host; }`,
    status: 426,
    told: ['websocket/connection-header', 'websocket/upgrade-header', 'websocket/http-version'],
  },
  'a map whose variables are the wrong way round': {
    http: "map $connection_upgrade $http_upgrade { default upgrade; '' close; }",
    server: 'location /ws { PASS; HEADERS proxy_set_header Connection $connection_upgrade; }',
    status: undefined,
    told: ['websocket/connection-map'],
    isOpen: true,
  },
  'blanks around the values': {
    server: `location /ws { PASS; proxy_http_version 1.1; proxy_set_header Upgrade "$http_upgrade "; proxy_set_header Connection " upgrade "; }`,
    status: 101,
    told: [],
  },
  'a map of a name without its dollar': {
    http: "map http_upgrade $connection_upgrade { default upgrade; '' close; }",
    server: 'location /ws { PASS; HEADERS proxy_set_header Connection $connection_upgrade; }',
    status: 101,
    told: ['variables/missing-dollar'],
    unsafe: true,
    fixed: { status: 101, told: [] },
  },
  'a map of a name without its dollar, by which no handshake is one': {
    http: 'map http_upgrade $connection_upgrade { default close; websocket upgrade; }',
    server: 'location /ws { PASS; HEADERS proxy_set_header Connection $connection_upgrade; }',
    status: 426,
    told: ['variables/missing-dollar', 'websocket/connection-map'],
    unsafe: true,
    fixed: { status: 101, told: [] },
  },
  'a map of a header of the answer': {
    http: "map $sent_http_upgrade $connection_upgrade { default upgrade; '' close; }",
    server: 'location /ws { PASS; HEADERS proxy_set_header Connection $connection_upgrade; }',
    status: 426,
    told: ['websocket/connection-map'],
  },
  'a header of the answer': {
    server: `location /ws { PASS; proxy_http_version 1.1; proxy_set_header Upgrade $upstream_http_upgrade; ${UPGRADE} }`,
    status: 426,
    told: ['websocket/upgrade-header'],
  },
  'an error_page whose = touches the location that it leads handshakes on to': {
    server: `location / { if ($http_upgrade = websocket) { return 418; } error_page 418 =@ws; PASS; } location @ws { PASS; HEADERS ${UPGRADE} }`,
    status: 302,
    told: ['directives/error-page'],
  },
  'an auth_request with the rows of the handshake': {
    server: `HEADERS ${UPGRADE} location /ws { auth_request /auth; PASS; } location = /auth { internal; PASS; }`,
    status: 0,
    told: ['websocket/auth-subrequest'],
    fixed: { status: 0, told: ['websocket/auth-subrequest'] },
    isUpToBackend: true,
  },
  'a rewrite for handshakes alone to what is internal': {
    server: `location / { if ($http_upgrade) { rewrite ^(.*)$ /own$1 last; } PASS; } location /own/ { internal; PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
    isHardcoded: false,
  },
  'a rewrite for all requests to what is internal': {
    server: `location / { rewrite ^(.*)$ /own$1 last; } location /own/ { internal; PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
    isHardcoded: true,
  },
  'a map that gives try_files a location for handshakes alone': {
    http: 'map $http_upgrade $to { default @pages; websocket @own; }',
    server: `root /nonexistent; location / { try_files /none $to; } location @pages { PASS; } location @own { PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
    isHardcoded: false,
  },
  'a map that gives try_files the same location for all': {
    http: 'map $http_upgrade $to { default @own; }',
    server: `root /nonexistent; location / { try_files /none $to; } location @own { PASS; HEADERS ${UPGRADE} }`,
    status: 101,
    told: [],
    isHardcoded: true,
  },
  'proxy_buffer, which is one of mail': {
    server: `location /ws { proxy_buffer off; PASS; HEADERS ${UPGRADE} }`,
    status: undefined,
    told: ['directives/misplaced'],
    unsafe: true,
  },
  'a slash at the end of the location alone': {
    server: `location /ws/ { PASS/ws; HEADERS ${UPGRADE} }`,
    status: 101,
    told: ['websocket/stripped-path'],
    unsafe: true,
    targets: ['/wsx', '/ws/x'],
  },
  'a wildcard in a plain path': {
    server: `location /ws/* { PASS; HEADERS ${UPGRADE} } location / { PASS; }`,
    status: 426,
    told: ['websocket/shadowed-location'],
    unsafe: true,
  },
  'deny all': {
    server: `location /ws { deny all; PASS; HEADERS ${UPGRADE} }`,
    status: 403,
    told: ['websocket/handshake-blocked'],
    fixed: { status: 403, told: ['websocket/handshake-blocked'] },
  },
  'deny all, and an allow within': {
    server: `location / { deny all; location /ws { allow all; PASS; HEADERS ${UPGRADE} } }`,
    status: 101,
    told: [],
  },
  'no slash at the start of the path': {
    server: `location ws/ { PASS; HEADERS ${UPGRADE} } location / { PASS; }`,
    status: 426,
    told: ['websocket/shadowed-location'],
    unsafe: true,
  },
  'the anchor of a regex in a plain path': {
    server: `location ^/ws { PASS; HEADERS ${UPGRADE} } location / { PASS; }`,
    status: 426,
    told: ['websocket/shadowed-location'],
    unsafe: true,
  },
  'a regex behind another one that takes its handshakes': {
    server: `location ~ ^/api/ { PASS; } location ~ /api/v[0-9]+/(users/)?feed$ { PASS; HEADERS ${UPGRADE} }`,
    path: '/api/v4/feed',
    status: 426,
    told: ['websocket/shadowed-location'],
    fixed: { status: 426, told: ['websocket/shadowed-location'] },
  },
}

const headersMore = linesToLoad(['http_headers_more_filter'])
const more = (lines: string, status: number): Row => ({
  server: `location /ws { ${lines} PASS; HEADERS ${UPGRADE} }`,
  status,
  told: status === 101 ? [] : ['websocket/handshake-blocked'],
  fixed: { status, told: status === 101 ? [] : ['websocket/handshake-blocked'] },
  main: headersMore ?? '',
})

/** What headers-more does to a handshake, where its package is installed. */
const MORE: Readonly<Record<string, Row>> = {
  'clears Upgrade of the request': more('more_clear_input_headers Upgrade;', 426),
  'clears the key': more('more_clear_input_headers Sec-WebSocket-*;', 426),
  'sets Upgrade of the request': more("more_set_input_headers 'Upgrade: h2c';", 426),
  'clears a Connection that nobody reads': more('more_clear_input_headers Connection;', 101),
  'clears Connection of the answer, which nginx writes': more('more_clear_headers Connection;', 101),
}

/** What is good advice, and breaks no handshake by itself. */
const ASIDE = /^websocket\/(?:read-timeout|hardcoded-connection|slash-redirect)$/

let backend: Backend
beforeAll(async () => {
  backend = await startStrictBackend()
})
afterAll(() => backend.stop())

describeWithNginx('what people post', (add) => {
  for (const [name, row] of Object.entries(POSTED)) add(name, () => expectSeen(row))
})

describeWithNginx(
  'headers-more',
  (add) => {
    for (const [name, row] of Object.entries(MORE)) add(name, () => expectSeen(row))
  },
  { here: headersMore !== undefined, what: "Debian's libnginx-mod-http-headers-more-filter" },
)

async function expectSeen(row: Row): Promise<void> {
  const after = row.fixed ?? { status: 101, told: [] }
  const [status, firstTarget] = await ask(textOf(row), row)
  expect({ status, ...judge(textOf(row), row) }).toEqual({
    status: row.status,
    told: row.told,
    trace: row.isOpen ? 'unknown' : expectedTrace(row, row.status),
  })
  if (row.isHardcoded !== undefined)
    expect(await hardcoded(textOf(row), row)).toEqual([row.isHardcoded, row.isHardcoded])
  const fixed = fix(textOf(row), row.unsafe === true)
  const [fixedStatus, target] = await ask(fixed, row)
  expect({ status: fixedStatus, ...judge(fixed, row) }).toEqual({ ...after, trace: expectedTrace(row, after.status) })
  if (row.targets) expect([firstTarget, target]).toEqual(row.targets)
}

function expectedTrace({ isUpToBackend }: Row, status: number | undefined): unknown {
  return status === 101 || isUpToBackend ? expect.stringMatching(/opens|unknown/) : 'fails'
}

/** The ports are those of one text: what changes them is no matter of the rules. */
const PORTS = { client: 18_080, backend: 18_081 }

function textOf({ server, http = '', main = '' }: Row): string {
  const text = server
    .replaceAll('PASS', `proxy_pass http://127.0.0.1:${PORTS.backend}`)
    .replaceAll('HEADERS', 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;')
  return main + mainConf(`${http}\nserver { listen 127.0.0.1:${PORTS.client}; ${text} }`)
}

async function ask(text: string, { path = '/ws/x' }: Row): Promise<readonly [number | undefined, string | undefined]> {
  const files = ([port]: readonly number[]) => ({ 'nginx.conf': withPorts(text, port as number) })
  try {
    return await withNginx({ files }, async ({ port }) => {
      const { id, status } = await handshake({ port, path })
      return [status, backend.recorder.of(id)[0]?.target] as const
    })
  } catch (error) {
    if (error instanceof NginxStartError) return [undefined, undefined]
    throw error
  }
}

/** What the backend gets of an ordinary request, and what is told. */
async function hardcoded(text: string, { path = '/ws/x' }: Row): Promise<readonly [boolean, boolean]> {
  const got = await withNginx(
    { files: ([port]) => ({ 'nginx.conf': withPorts(text, port as number) }) },
    async ({ port }) => {
      const { id } = await plainRequest({ port, path })
      return valuesOf(backend.recorder.one(id).headers, 'connection')
    },
  )
  const problems = lintFiles({ 'nginx.conf': text }, rules, nginxVersion())
  return [got.includes('upgrade'), problems.some(({ ruleId }) => ruleId === 'websocket/hardcoded-connection')]
}

function withPorts(text: string, port: number): string {
  return text.replaceAll(String(PORTS.client), String(port)).replaceAll(String(PORTS.backend), String(backend.port))
}

function judge(text: string, { path = '/ws/x' }: Row): { readonly told: readonly string[]; readonly trace: string } {
  const told = lintFiles({ 'nginx.conf': text }, rules, nginxVersion()).filter(({ severity }) => severity !== 'info')
  const ids = new Set(told.map(({ ruleId }) => ruleId).filter((id) => !ASIDE.test(id)))
  const url = parseSocketUrl(`ws://127.0.0.1:${PORTS.client}${path}`) as SocketUrl
  return { told: [...ids], trace: trace(modelOf(text, nginxVersion()), url, rules).verdict.kind }
}

function fix(text: string, unsafe: boolean): string {
  const target = parseVersion(nginxVersion()) ?? 'unknown'
  const main = '/etc/nginx/nginx.conf'
  const result = fixConfigurations([main], memoryFiles({ [main]: text }), rules, { target, unsafe })
  expect(findFaults(result, unsafe)).toEqual([])
  return result.changes[0]?.newText ?? text
}
