/**
 * Random small configurations, and requests that try them: what the model of nginx is compared with nginx by.
 *
 * A configuration is generated as a loose tree and made fit for nginx when it is written, so that fast-check may shrink
 * it in any way. Every block that may answer says so by a header of its own (`MARK`).
 */
import fc from 'fast-check'
import { changedIn } from '../../src/nginx/defaults.ts'
import { findNginx, nginxIsAtLeast } from '../e2e/nginx-binary.ts'

/** The response header that tells which block's settings were in force. */
export const MARK = 'X-Mark'

export interface GeneratedRequest {
  readonly port: 0 | 1
  readonly method: string
  readonly target: string
  readonly host: string
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
}

export interface GeneratedCase {
  readonly servers: readonly Server[]
  readonly http: readonly string[]
  readonly requests: readonly GeneratedRequest[]
}

export interface Server {
  readonly listens: readonly Listen[]
  /** Undefined for a server without `server_name`. */
  readonly names: readonly string[] | undefined
  readonly content: readonly Item[]
}

interface Listen {
  readonly port: 0 | 1
  readonly address: string
  readonly isDefault: boolean
}

/** A directive, or a block with directives in it. */
export type Item = string | Block

interface Block {
  readonly head: string
  readonly content: readonly Item[]
}

/** Stands for the address of the recording backend. */
export const BACKEND = '{backend}'

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const VARIABLES = [
  '$host',
  '$http_host',
  '$uri',
  '$request_uri',
  '$args',
  '$is_args',
  '$arg_x',
  '$http_upgrade',
  '$http_connection',
  '$http_x_multi',
  '$http_x_under',
  '$request_method',
  '$scheme',
  '$server_name',
  '$server_port',
  '$proxy_host',
  '$proxy_port',
  '$cookie_c',
  '$nginx_version',
  '$upgrade_map',
  '$uri_map',
  '$host_map',
  '$fresh_map',
  '$s1',
  '$s2',
  '$first',
  '$1',
  '$2',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as nginx writes it
  '${s1}x',
]

/** In every configuration, so that each variable is defined. `first` is a named group of other regexes too. */
export const PREAMBLE = [
  "map $http_upgrade $upgrade_map { default upgrade; '' close; }",
  'map $uri $uri_map { default d; ~^/a/(.*)$ a-$1; /ws ws; ~*PHP p$upgrade_map; ~b "b $uri"; }',
  'map $host $host_map { hostnames; default none; example.com exact; *.example.com deep; .test dot; www.* tail; }',
  'map $arg_x $fresh_map { volatile; default $uri; 1 one; ~^(?<first>zq)$ $first; ~.+ some; }',
  // Kept, a connection would bring what one request left over (a body without Content-Length) before the next one.
  `upstream up { server ${BACKEND}; ${findNginx() && nginxIsAtLeast(changedIn.upstreamKeepalive) ? 'keepalive 0; ' : ''}}`,
  'server { listen unix:{dir}/none.sock; set $s1 0; set $s2 0; set $to 0; }',
]

const text = fc.oneof(
  { weight: 3, arbitrary: oneOf(...VARIABLES) },
  { weight: 2, arbitrary: oneOf('v', '0', 'upgrade', 'close', 'keep-alive', 'websocket') },
  { weight: 1, arbitrary: fc.tuple(oneOf(...VARIABLES), oneOf(...VARIABLES)).map(([a, b]) => `${a}-${b}`) },
)
const quoted = text.map((value) => `"${value}"`)

const headerRow = fc
  .tuple(
    oneOf(
      'Host',
      'Connection',
      'Upgrade',
      'upgrade',
      'X-One',
      'X-Two',
      'X-Multi',
      'X-Plain',
      'TE',
      'Content-Length',
      'Cookie',
    ),
    fc.oneof({ weight: 5, arbitrary: quoted }, { weight: 1, arbitrary: fc.constant('""') }),
  )
  .map(([name, value]) => `proxy_set_header ${name} ${name === 'Content-Length' ? '""' : value}`)

const setting = fc.oneof(
  { weight: 6, arbitrary: headerRow },
  { weight: 2, arbitrary: oneOf('proxy_http_version 1.1', 'proxy_http_version 1.0') },
  { weight: 1, arbitrary: oneOf('proxy_method POST', 'proxy_method $request_method', 'proxy_method GET') },
  { weight: 1, arbitrary: oneOf('proxy_pass_request_headers off', 'proxy_pass_request_headers on') },
  { weight: 1, arbitrary: oneOf('proxy_set_body "x$uri"', 'proxy_pass_request_body off') },
)

const access = oneOf(
  'deny all',
  'allow all',
  'satisfy any',
  'auth_basic realm',
  'auth_basic off',
  'auth_basic_user_file none',
)

const errorPage = oneOf(
  'error_page 404 /a',
  'error_page 403 404 500 @fallback',
  'error_page 403 = /ws/x?from=403',
  'error_page 404 =200 /b$uri',
  'error_page 301 302 =307 http://elsewhere/$uri',
  'error_page 400 @fallback',
  'recursive_error_pages on',
)

const regexes = oneOf(
  '^/a',
  '^/a/(.*)$',
  '^/([^/]+)/?(.*)$',
  '^/(?<first>[^/]+)/',
  'b',
  '(b)(c)?',
  '\\.php$',
  '^',
  ' ',
  '^/WS',
  '^/[A-Z]',
  '^/.*(ws).*$',
)

const rewrite = fc
  .tuple(
    regexes,
    oneOf(
      '/a',
      '/ws/x',
      '/b/$1',
      '/$2/$1?',
      '/a/$uri?y=$1',
      '/b?y=$2&z=$args?',
      '$1',
      '/$first/$s1',
      'http://elsewhere/$1',
      '$scheme://$host/$1?r=$1',
      '/x y/$1',
    ),
    oneOf('', ' last', ' break', ' redirect', ' permanent'),
  )
  .map(([regex, to, flag]) => `rewrite "${regex}" "${to}"${flag}`)

const set = fc.tuple(oneOf('$s1', '$s2', '$s1', '$args'), quoted).map(([name, value]) => `set ${name} ${value}`)

const answer = oneOf(
  'return 200',
  'return 204',
  'return 301 /x$uri',
  'return 302 http://$host$request_uri',
  'return 403',
  'return 404',
  'return 404 "no $1"',
  'return 404 ""',
  'return 444',
  'return 497',
  'return http://$host/',
  'return 200 "$s1 $uri"',
)

const condition = fc.oneof(
  oneOf(...VARIABLES.filter((variable) => /^\$[a-z]\w*$/.test(variable))),
  fc
    .tuple(
      oneOf('$uri', '$s1', '$http_upgrade', '$request_method', '$arg_x', '$host'),
      oneOf('=', '!='),
      fc.oneof(quoted, oneOf('GET', 'POST', '"/a"', '1')),
    )
    .map((words) => words.join(' ')),
  fc
    .tuple(
      oneOf('$uri', '$s1', '$request_uri', '$http_upgrade', '$args', '$host'),
      oneOf('~', '~*', '!~', '!~*'),
      regexes,
    )
    .map(([variable, operator, regex]) => `${variable} ${operator} "${regex}"`),
  oneOf('$request_method = GET', '$request_method = POST', '$http_upgrade = websocket', '-f /etc/passwd', '!-d /'),
)

/** Directives of the rewrite module, for a server or an `if`. */
const plainRewriting = fc.oneof(
  { weight: 3, arbitrary: rewrite },
  { weight: 3, arbitrary: set },
  { weight: 1, arbitrary: answer },
  { weight: 1, arbitrary: fc.constant('break') },
)

const serverIf = fc
  .tuple(condition, fc.array(plainRewriting, { minLength: 1, maxLength: 2 }))
  .map(([when, content]): Item => ({ head: `if (${when})`, content }))

const openPass = oneOf(
  `proxy_pass http://${BACKEND}`,
  'proxy_pass http://up',
  `proxy_pass http://${BACKEND}$uri`,
  `proxy_pass http://${BACKEND}$request_uri`,
  `proxy_pass http://${BACKEND}/v/$1$is_args$args`,
  `proxy_pass http://${BACKEND}?only=$uri`,
  'proxy_pass http://$to',
)
const uriPass = oneOf(
  `proxy_pass http://${BACKEND}/`,
  `proxy_pass http://${BACKEND}/base/`,
  `proxy_pass http://${BACKEND}/base`,
  'proxy_pass http://up/u/',
  `proxy_pass http://${BACKEND}?q=`,
)

const locationIf = fc
  .tuple(
    condition,
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: plainRewriting },
        { weight: 2, arbitrary: openPass },
        { weight: 1, arbitrary: errorPage.filter((page) => !page.startsWith('recursive')) },
      ),
      { maxLength: 3 },
    ),
  )
  .map(([when, content]): Item => ({ head: `if (${when})`, content }))

const limitExcept = fc
  .tuple(
    oneOf('GET', 'POST', 'GET POST', 'HEAD', 'PUT'),
    fc.array(fc.oneof(oneOf('deny all', 'allow all'), openPass), { maxLength: 2 }),
  )
  .map(([methods, content]): Item => ({ head: `limit_except ${methods}`, content }))

const locationContent: fc.Arbitrary<Item[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: setting },
    { weight: 3, arbitrary: rewrite },
    { weight: 2, arbitrary: set },
    {
      weight: 1,
      arbitrary: oneOf('break', 'internal', 'try_files "" @fallback', 'try_files "" /ws/t?t=1', 'try_files "" =404'),
    },
    { weight: 1, arbitrary: answer },
    { weight: 3, arbitrary: locationIf },
    { weight: 1, arbitrary: limitExcept },
    { weight: 1, arbitrary: access },
    { weight: 1, arbitrary: errorPage },
  ),
  { maxLength: 4 },
)

/** What a location is handled by, mostly. */
const pass = (mayHaveUri: boolean): fc.Arbitrary<Item[]> =>
  fc
    .oneof({ weight: 5, arbitrary: openPass }, ...(mayHaveUri ? [{ weight: 5, arbitrary: uriPass }] : []), {
      weight: 1,
      arbitrary: oneOf('', 'empty_gif'),
    })
    .map((directive): Item[] => (directive === '' ? [] : [directive]))

const prefixes = oneOf('/', '/a', '/a/', '/a/b', '/a/b/', '/ws', '/ws/', '/a b/', '/b', '/A/', '/a+b/', '/\xe9/')

const location = (depth: number): fc.Arbitrary<Item> => {
  const inner = depth === 0 ? fc.constant([]) : fc.array(location(depth - 1), { maxLength: 2 })
  const fixed = fc
    .tuple(oneOf('', '', '', '= ', '^~ '), prefixes, pass(true), locationContent, inner)
    .map(([modifier, path, handler, content, nested]): Item => {
      const items = [...content, ...handler, ...(modifier === '= ' ? [] : nested)]
      return { head: `location ${modifier}"${path}"`, content: items }
    })
  const byRegex = fc
    .tuple(
      oneOf('~', '~*'),
      fc.oneof({ weight: 40, arbitrary: regexes }, { weight: 1, arbitrary: fc.constant('^/(?!a)') }),
      pass(false),
      locationContent,
      inner,
    )
    .map(([modifier, regex, handler, content, nested]): Item => {
      return { head: `location ${modifier} "${regex}"`, content: [...content, ...handler, ...nested] }
    })
  return fc.oneof({ weight: 2, arbitrary: fixed }, { weight: 1, arbitrary: byRegex })
}

const named = fc
  .tuple(pass(false), locationContent)
  .map(([handler, content]): Item => ({ head: 'location @fallback', content: [...content, ...handler] }))

const NAMES = [
  'example.com',
  'www.example.com',
  '*.example.com',
  '.example.com',
  'www.*',
  'www.example.*',
  '*.com',
  '~^(?<first>.+)\\.example\\.com$',
  '~^WWW',
  '~test$',
  '""',
]

const listen = fc.record({
  port: oneOf<0 | 1>(0, 0, 1),
  address: oneOf('', '*:', '127.0.0.1:', '0.0.0.0:'),
  isDefault: fc.boolean(),
})

const server: fc.Arbitrary<Server> = fc
  .record({
    listens: fc.array(listen, { minLength: 1, maxLength: 2 }),
    names: fc.option(fc.array(oneOf(...NAMES), { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 4 }),
    top: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: setting },
        { weight: 1, arbitrary: plainRewriting },
        { weight: 1, arbitrary: serverIf },
        { weight: 1, arbitrary: errorPage },
        {
          weight: 1,
          arbitrary: oneOf(
            'merge_slashes off',
            'underscores_in_headers on',
            'ignore_invalid_headers off',
            'try_files "" /a',
          ),
        },
      ),
      { maxLength: 4 },
    ),
    locations: fc.array(location(2), { maxLength: 5 }),
    root: fc
      .tuple(pass(true), locationContent)
      .map(([handler, content]): Item => ({ head: 'location /', content: [...handler, ...content] })),
    fallback: named,
  })
  .map(({ listens, names, top, locations, root, fallback }) => {
    return { listens, names, content: [...top, ...locations, root, fallback] }
  })

const pieces = oneOf(
  'a',
  'b',
  'ws',
  'A',
  'x.php',
  '/',
  '/',
  '/',
  '//',
  '.',
  '..',
  '/../',
  '/./',
  '%2F',
  '%2e',
  '%2E%2E',
  '%20',
  '%41',
  '%61',
  '%25',
  '%23',
  '%3F',
  '%3f',
  '+',
  '%2B',
  '%E9',
  '\xe9',
  '~',
  '"',
  '<',
  '|',
  ';',
  '%0A',
  '%7F',
  'WS',
  'php',
  'a%20b',
)
const rarePieces = oneOf('%00', '%', '%zz', '%4', ' ', '\x01', '#f', '\x7f')

const ODD_ABSOLUTES = ['http://a_b/', 'http://test:65536/', 'http://[::1]x/', 'http://a<b/', 'http://t@test/']

const target = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: oneOf('/', '/a', '/a/', '/a/b', '/ws', '/ws/', '/a%20b/', '/b', '/a+b/', '/%E9/', '/WS', '/A/'),
      },
      {
        weight: 1,
        arbitrary: oneOf('', 'http://example.com', 'http://WWW.test:80/', 'http://example.com/a', ...ODD_ABSOLUTES),
      },
    ),
    fc.array(fc.oneof({ weight: 30, arbitrary: pieces }, { weight: 1, arbitrary: rarePieces }), { maxLength: 4 }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: oneOf('?x=1', '?x=%2F&y', '?a=b&X=2', '?', '?x', '?x=1#f', '??x=3', '?x=a+b&c="') },
    ),
  )
  .map(([start, rest, query]) => start + rest.join('') + query)
  // Blanks around it are those between the words of the request line.
  .map((sent) => sent.trim() || '/')

const HOSTS = [
  'example.com',
  'www.example.com',
  'a.b.example.com',
  'WWW.Example.com:8080',
  'other.org',
  'example.com.',
  'www.test',
  'test',
  '.example.com',
  'a..b',
  '[::1]:80',
  'exa mple',
  'www.example.org',
  ':80',
  'a_b~!',
  'a<b>',
  'a@test',
  'test:x',
  'test:65536',
  '[::1',
  '[::1]x',
]

const UPGRADE: GeneratedRequest['headers'] = [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
]
const headers = fc
  .array(
    oneOf<GeneratedRequest['headers']>(
      UPGRADE,
      [
        ['X-Multi', 'one'],
        ['x-multi', 'two'],
      ],
      [['X-Multi', 'one']],
      [
        ['X_Under', 'scored'],
        ['X-Under', 'dashed'],
      ],
      [
        ['X-One', 'client'],
        ['Keep-Alive', '5'],
      ],
      [
        ['Cookie', 'c=1; d=2'],
        ['TE', 'trailers'],
      ],
      [['Connection', 'keep-alive']],
      [['Content-Length', '0']],
      [['X!odd', 'name']],
      [
        ['Expect', 'x'],
        ['Proxy-Connection', 'close'],
      ],
      [
        ['If-Match', 'a'],
        ['If-Match', 'b'],
      ],
      [['Authorization', 'Basic eDp4']],
    ),
    { maxLength: 2 },
  )
  .map((groups) => groups.flat())

const request: fc.Arbitrary<GeneratedRequest> = fc.record({
  port: oneOf<0 | 1>(0, 0, 0, 1),
  method: fc.oneof(
    { weight: 8, arbitrary: oneOf('GET') },
    { weight: 4, arbitrary: oneOf('HEAD', 'POST', 'PUT', 'OPTIONS') },
    { weight: 1, arbitrary: oneOf('TRACE', 'FOO', 'get') },
  ),
  target,
  host: fc.oneof({ weight: 6, arbitrary: oneOf(...HOSTS.slice(0, 4)) }, { weight: 1, arbitrary: oneOf(...HOSTS) }),
  headers,
})

/** @param requests how many for each configuration */
export function generatedCase(requests: number): fc.Arbitrary<GeneratedCase> {
  return fc.record({
    http: fc.array(fc.oneof(setting, errorPage), { maxLength: 2 }),
    servers: fc.array(server, { minLength: 1, maxLength: 3 }),
    requests: fc.array(request, { minLength: requests, maxLength: requests }),
  })
}
