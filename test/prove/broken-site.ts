/**
 * Random sites with WebSocket locations, each put together well and then broken as people break them: a needed line
 * left out, moved to another level, blanked, doubled, made wrong, misspelt, given a colon, or shadowed by a row of the location.
 */
import fc from 'fast-check'
import { changedIn } from '../../src/nginx/defaults.ts'
import { nginxIsAtLeast } from '../e2e/nginx-binary.ts'

/** Where a site keeps the lines that its WebSocket locations need. */
type Home = 'location' | 'server' | 'http' | 'snippet'

export interface SiteLocation {
  readonly head: string
  /** A request target that it answers. */
  readonly target: string
  readonly isSocket: boolean
  readonly lines: string[]
}

export interface Site {
  readonly http: string[]
  readonly server: string[]
  readonly snippet: string[]
  readonly locations: SiteLocation[]
  readonly layout: { readonly lineBreak: string; readonly indent: string; readonly isOneLine: boolean }
}

const VERSION = 'proxy_http_version 1.1;'
const UPGRADE = 'proxy_set_header Upgrade $http_upgrade;'
const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"

interface Plan {
  readonly home: Home
  readonly connection: string
  readonly others: readonly string[]
  readonly sockets: readonly { readonly shape: number; readonly suffix: string; readonly own: boolean }[]
  readonly pages: readonly { readonly path: string; readonly rows: readonly string[] }[]
  readonly layout: Site['layout']
  readonly breakages: readonly Breakage[]
}

interface Breakage {
  readonly kind: 'drop' | 'blank' | 'wrong' | 'move' | 'double' | 'shadow' | 'colon' | 'name' | 'map'
  readonly line: number
  readonly to: number
  readonly value: number
}

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const OTHER_ROWS = [
  'proxy_set_header Host $host;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_set_header X-Kept "a b;c";',
]

const plan: fc.Arbitrary<Plan> = fc.record({
  home: oneOf<Home>('location', 'location', 'server', 'http', 'snippet'),
  connection: oneOf('$connection_upgrade', '$connection_upgrade', '"upgrade"', 'Upgrade', '$http_connection'),
  others: fc.subarray(OTHER_ROWS),
  sockets: fc.array(fc.record({ shape: fc.nat(6), suffix: oneOf('', '/', '/x'), own: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  pages: fc.array(fc.record({ path: oneOf('/api', '/news', '/aws', '/static/'), rows: fc.subarray(OTHER_ROWS) }), {
    maxLength: 3,
  }),
  layout: fc.record({
    lineBreak: oneOf('\n', '\n', '\r\n'),
    indent: oneOf('  ', '    ', '\t'),
    isOneLine: fc.nat(5).map((n) => n === 0),
  }),
  breakages: fc.array(
    fc.record({
      kind: oneOf<Breakage['kind']>(
        'drop',
        'drop',
        'blank',
        'wrong',
        'move',
        'double',
        'shadow',
        'colon',
        'name',
        'map',
      ),
      line: fc.nat(50),
      to: fc.nat(50),
      value: fc.nat(50),
    }),
    { maxLength: 3 },
  ),
})

export const brokenSite: fc.Arbitrary<Site> = plan.map((chosen) => {
  const site = goodSite(chosen)
  for (const breakage of chosen.breakages) breakSite(site, breakage)
  return site
})

/** Stands for the backend's address. */
export const BACKEND = '{backend}'

function goodSite({ home, connection, others, sockets, pages, layout }: Plan): Site {
  const lines = [VERSION, UPGRADE, `proxy_set_header Connection ${connection};`, ...others]
  const at = (level: Home) => (home === level ? [...lines] : [])
  const pass = `proxy_pass http://${BACKEND};`
  const locations = [
    ...sockets.map(({ shape, suffix }, index): SiteLocation => {
      const own = home === 'snippet' ? ['include ws.conf;'] : at('location')
      return { ...socketPath(shape, index, suffix), isSocket: true, lines: [pass, ...own] }
    }),
    ...pages.map(({ path, rows }, index): SiteLocation => {
      return { head: `location ${path}${index}`, target: `${path}${index}`, isSocket: false, lines: [pass, ...rows] }
    }),
  ]
  return { http: [MAP, ...at('http')], server: at('server'), snippet: at('snippet'), locations, layout }
}

function socketPath(shape: number, index: number, suffix: string): { head: string; target: string } {
  const shapes: readonly (readonly [head: string, target: string])[] = [
    [`location /s${index}/ws${suffix}`, `/s${index}/ws${suffix}?a=1`],
    [`location = /s${index}/ws`, `/s${index}/ws`],
    [`location ~ ^/s${index}/ws(/|$)`, `/s${index}/ws/room`],
    [`location ^~ /s${index}/websocket`, `/s${index}/websocket`],
    [`location /s${index}/socket.io/`, `/s${index}/socket.io/?EIO=4&transport=websocket`],
    [`location ~* "^/S${index}/ws/\\d{1,3}$"`, `/s${index}/ws/42`],
    [`location /s${index}/wss/`, `/s${index}/wss/%41//b`],
  ]
  const [head, target] = shapes[shape % shapes.length] as readonly [string, string]
  return { head, target }
}

const isNeeded = (line: string) => /^proxy_http_version|^proxy_set_header (Upgrade|Connection) /.test(line)

const CONNECTION_SLIPS = ['$http_conection', '$connection-upgrade', 'connection_upgrade', '$http_connection_upgrade']

const WRONG: Readonly<Record<string, readonly string[]>> = {
  // An older nginx does not start with it.
  proxy_http_version: nginxIsAtLeast(changedIn.proxyHttp2) ? ['1.0', '2'] : ['1.0'],
  Upgrade: ['$http_connection', 'h2c', '"$http_upgrade,x"', '$http_upgarde', 'http_upgrade'],
  Connection: ['close', 'keep-alive', '$http_upgrade', '"upgrades"', '"close, $http_upgrade"', ...CONNECTION_SLIPS],
}

function breakSite(site: Site, { kind, line, to, value }: Breakage): void {
  const lists = [site.http, site.server, site.snippet, ...site.locations.map((location) => location.lines)]
  if (kind === 'shadow') {
    const location = site.locations[line % site.locations.length]
    const row = OTHER_ROWS[value % OTHER_ROWS.length] as string
    if (location && !location.lines.includes(row)) location.lines.push(row)
    return
  }
  if (kind === 'map') {
    site.http[0] = MAP.replace('$http_upgrade', '$http_upgrad')
    return
  }
  const needed = lists.flatMap((list) => list.flatMap((text, index) => (isNeeded(text) ? [{ list, index, text }] : [])))
  const chosen = needed[line % Math.max(needed.length, 1)]
  if (!chosen) return
  const { list, index, text } = chosen
  const words = /^(proxy_http_version|proxy_set_header (Upgrade|Connection)) (.*);$/.exec(text) as RegExpExecArray
  const isVersion = words[2] === undefined
  if (kind === 'drop') list.splice(index, 1)
  else if (kind === 'blank') list[index] = `${words[1]} ${isVersion ? '1.0' : '""'};`
  else if (kind === 'wrong') {
    const values = WRONG[words[2] ?? 'proxy_http_version'] as readonly string[]
    list[index] = `${words[1]} ${values[value % values.length]};`
  } else if (kind === 'colon' && !isVersion) {
    const name = words[2] as string
    list[index] = text.replace(name, [`${name}:`, `"${name}:"`, `'${name} :'`][value % 3] as string)
  } else if (kind === 'name' && !isVersion)
    list[index] = text.replace(/(Upgrade|Connection) /, (name) => (name === 'Upgrade ' ? 'Upgarde ' : 'Conection '))
  else if (kind === 'double' && !isVersion) list.push(text)
  else if (kind === 'move') {
    const target = lists[to % lists.length] as string[]
    // A second proxy_http_version in one block is refused.
    if (isVersion && target.some((other) => other.startsWith('proxy_http_version'))) return
    list.splice(index, 1)
    target.push(text)
  }
}

/** The files of a site for a port, with comments that must survive. */
export function writeSite(site: Site, port: number, backendPort: number): Record<string, string> {
  const { indent, lineBreak, isOneLine } = site.layout
  const level = (depth: number, line: string) => indent.repeat(depth) + line
  const lines = [
    ...site.http.map((line) => level(1, line)),
    level(1, '# the site: "everything" {it} has;'),
    level(1, 'server {'),
    level(2, `listen 127.0.0.1:${port}; # here`),
    ...site.server.map((line) => level(2, line)),
    ...site.locations.flatMap(({ head, lines }) =>
      isOneLine
        ? [level(2, `${head} { ${lines.join(' ')} }`)]
        : [level(2, `${head} {`), ...lines.map((line) => level(3, `${line} # ${line.length}`)), level(2, '}')],
    ),
    level(1, '}'),
  ]
  const write = (text: string) =>
    `${text.replaceAll(BACKEND, `127.0.0.1:${backendPort}`).replaceAll('\n', lineBreak)}${lineBreak}`
  return { 'site.conf': write(lines.join('\n')), 'ws.conf': write(['# for sockets', ...site.snippet].join('\n')) }
}
