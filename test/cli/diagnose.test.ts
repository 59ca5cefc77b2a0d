/** `trace`, `probe` and `snippet` as commands: what they print, their exit codes, and what they refuse. */
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { listenOn } from './listen-on.ts'
import { type Files, Folder, runIn } from './run-in.ts'

const FILES: Files = {
  'nginx.conf': `events {}
http {
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    server {
        listen 80;
        server_name example.com;
        proxy_http_version 1.1;
        location / { proxy_pass http://app; }
        location /ws {
            proxy_pass http://app;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 1h;
        }
        location /half {
            proxy_pass http://app;
            proxy_set_header Upgrade $http_upgrade;
        }
        location /files { try_files $uri /x@; }
    }
}
`,
  'conf.d/a.conf': 'server { listen 80; }\n',
}

const lines = (text: string) => text.split('\n')

/** Without our own colours. */
const bare = (text: string) => text.replace(new RegExp(`${'\x1b'}\\[\\d+m`, 'g'), '')
const steers = (text: string) => [...bare(text)].some((char) => char < ' ' && char !== '\n')

describe('trace', () => {
  test('a good one, in whole', async () => {
    const { code, out, err } = await runIn(FILES, ['trace', 'ws://example.com/ws?a=b', 'nginx.conf'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(lines(out)).toEqual([
      'Request   GET /ws?a=b, Host: example.com, to port 80',
      '',
      'Server    nginx.conf:4',
      '          listens alone on *:80',
      '          chosen by its exact name: example.com                     nginx.conf:6',
      '',
      'Location  nginx.conf:9  location /ws',
      '          beats location /: its prefix is shorter                   nginx.conf:8',
      '',
      'Backend   http://app gets',
      '  GET /ws?a=b HTTP/1.1                                     version: nginx.conf:7',
      '  Upgrade: websocket                                               nginx.conf:11',
      '  Connection: upgrade                                              nginx.conf:12',
      '  Host: app                                                              default',
      '  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==                             client',
      '  Sec-WebSocket-Version: 13                                               client',
      '',
      'Verdict   101 is to be expected',
      '',
    ])
  })

  test('a loop is told once, and the servers of an upstream are named', async () => {
    const conf = `events {} http { upstream app { server 127.0.0.1:3000; server 127.0.0.1:3001 backup; }
      server { location /loop { rewrite ^ /loop/x last; } location / { proxy_pass http://app; } } }`
    const loop = await runIn({ 'nginx.conf': conf }, ['trace', 'ws://a/loop', 'nginx.conf'])
    expect(Buffer.from(loop.out, 'latin1').toString()).toMatch(
      /^Way {7}location \/loop: answers \/loop .*\n.*\n.*\n {10}… and so on, round and round\n {10}500: .*times$/m,
    )
    const { out } = await runIn({ 'nginx.conf': conf }, ['trace', 'ws://a/', 'nginx.conf'])
    expect(out).toMatch(/^ {2}\(upstream app: 127\.0\.0\.1:3000, 127\.0\.0\.1:3001 backup\) +nginx\.conf:1$/m)
  })

  test('headers beyond ASCII are shown as they were given', async () => {
    const conf = { 'nginx.conf': 'events {} http { server { location / { proxy_pass http://app; } } }' }
    const { out } = await runIn(conf, [
      'trace',
      'ws://a/',
      'nginx.conf',
      '-H',
      'X-Name: Zoë',
      '--nginx-version',
      '1.22.1',
    ])
    expect(Buffer.from(out, 'latin1').toString()).toMatch(/^ {2}X-Name: Zoë +client$/m)
    const { out: json } = await runIn(conf, ['trace', 'ws://a/', 'nginx.conf', '-H', 'X-Name: Zoë', '--json'])
    expect(JSON.parse(Buffer.from(json, 'latin1').toString()).request.headers).toContainEqual(['X-Name', 'Zoë'])
  })

  test('a bad one: the rule, the lines, the default', async () => {
    const { code, out } = await runIn(FILES, ['trace', 'ws://example.com/half'])
    expect(code).toBe(1)
    expect(out).toContain('Connection: close                                        default before 1.29.7')
    expect(out.replace(/\s+/g, ' ')).toMatch(/\[websocket\/connection-header\] .*"ngxlint --fix" cures it/)
    const modern = await runIn(FILES, ['trace', 'ws://example.com/half', '--nginx-version', '1.29.7'])
    expect(modern.out).toMatch(/^ {2}\(no Connection\) +default: not passed on$/m)
    expect(lines(out).filter((line) => line.length > 80)).toEqual([])
  })

  test('2 where it can’t say', async () => {
    const files = { 'nginx.conf': 'http { server { location /ws { include gone.conf; } } }' }
    const { code, out } = await runIn(files, ['trace', 'ws://example.com/ws'])
    expect(code).toBe(2)
    expect(out).toContain('unless')
  })

  test('JSON, and from standard input', async () => {
    const args = ['trace', 'wss://example.com/ws', '-', '--json']
    const { code, out } = await runIn({}, args, { input: FILES['nginx.conf'] as string })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      url: 'wss://example.com/ws',
      outcome: 'refused',
      server: null,
      verdict: { kind: 'fails', summary: 'no 101: the connection is refused' },
    })
  })

  test('colours on a terminal, and nothing that steers it', async () => {
    const files = {
      'nginx.conf':
        'http { server { location "/\x1b[31m" { return 200; } location /b { return 301 "/\x1b]0;x\x07"; } } }',
    }
    const { out } = await runIn(files, ['trace', 'ws://example.com/b'], { isTerminal: true })
    expect(out).toContain('\x1b[1mServer\x1b[22m')
    expect(steers(out)).toBe(false)
    expect(out).toContain('\\x1b]0;x\\x07')
  })
})

test('docs/trace.md shows what is printed', async () => {
  const page = readFileSync(new URL('../../docs/trace.md', import.meta.url), 'utf8')
  const [, conf = '', output = ''] = /```nginx\n(.*?)```.*?```\n(.*?)```/s.exec(page) ?? []
  const { out } = await runIn({ 'nginx.conf': conf }, ['trace', 'ws://example.com/chat', 'nginx.conf'])
  expect(out).toBe(output)
})

/** The keys that a page's section on JSON tells of. */
function documentedKeys(name: string): string[] {
  const page = readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')
  const rows = page.slice(page.indexOf('## JSON')).matchAll(/^\| ([^|]+) \|/gm)
  return [...rows].flatMap(([, keys = '']) => [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key as string)).sort()
}

test.each(['trace', 'probe'])('docs/%s.md tells of every key of its JSON', async (command) => {
  const conf = command === 'trace' ? ['nginx.conf'] : []
  const { out } = await runIn(FILES, [command, 'ws://127.0.0.1:1/ws', ...conf, '--json'])
  expect(Object.keys(JSON.parse(out)).sort()).toEqual(documentedKeys(command))
})

const REFUSED: Readonly<Record<string, string>> = {
  trace: 'trace: name a URL, as in "ngxlint trace wss://example.com/socket"',
  'trace example.com/ws nginx.conf': '"example.com/ws" is no URL; write wss://example.com/ws',
  'trace nginx.conf ws://a/': 'trace: the URL comes first, as in "ngxlint trace ws://a/ nginx.conf"',
  'trace nginx.conf': 'trace: the URL comes first, as in "ngxlint trace wss://example.com/socket nginx.conf"',
  'trace ws://a/ x y': 'trace: "y" is one word too many (see ngxlint trace --help)',
  'trace ws://a/ gone.conf': 'gone.conf: no such file or folder',
  'trace ws://a/ nginx.conf --method get': '--method: "get" is no method of HTTP, as GET or POST',
  'trace ws://a/ nginx.conf --header x': '--header: "x" is not "Name: value"',
  'trace ws://a/ nginx.conf --jsn': 'there is no option "--jsn"; did you mean "--json"? (see ngxlint --help)',
  'probe ws://a/ --timeout 0': '--timeout: "0" is no number of seconds up to 60',
  'probe ws://a/ --resolve a:80': '--resolve: "a:80" is not HOST:PORT:ADDRESS, as in example.com:443:127.0.0.1',
  'probe ws://a/ --compare b': '"b" is no URL; write ws://b',
  'probe ws://a/ --conf gone.conf': 'gone.conf: no such file or folder',
  'probe ws://a/ --subprotocol a/b': '--subprotocol: "a/b" is no name of a subprotocol',
  'snippet ws': 'snippet: "ws" is no path, as /ws',
  'snippet /ws ws://b':
    'snippet: "ws://b" is no backend for proxy_pass, as http://127.0.0.1:3000 (ws:// goes by http://)',
  'snippet --install gone': '--install: gone is no folder',
  'snippet --nginx-version 1.2.0': 'nginx passes WebSockets since 1.3.13: raise it first',
}

test.each(Object.entries(REFUSED))('%s', async (line, message) => {
  expect(await runIn(FILES, line.split(' '))).toEqual({ code: 2, out: '', err: `ngxlint: ${message}\n` })
})

test.each(['trace', 'probe', 'snippet'])('%s --help fits 80 columns', async (command) => {
  const { code, out } = await runIn({}, [command, '--help'])
  expect(code).toBe(0)
  expect(out).toContain(`Usage: ngxlint ${command} `)
  expect(lines(out).filter((line) => line.length > 80)).toEqual([])
})

test('completion knows them, and their options', async () => {
  for (const name of ['trace', 'probe', 'snippet']) {
    const { out } = await runIn({}, ['--get-yargs-completions', 'ngxlint', name.slice(0, 2)])
    expect(out).toBe(`${name}\n`)
  }
  const options = await runIn({}, ['--get-yargs-completions', 'ngxlint', 'probe', '--co'])
  expect(options.out).toContain('--compare')
})

describe('probe', () => {
  const HOSTILE =
    'HTTP/1.1 426 Upgrade\x1b[2J Required\r\nServer: nginx\x1b]0;owned\x07\r\nX-Long: ' +
    `${'x'.repeat(300)}\r\nUpgrade: websocket\r\nContent-Length: 30\r\n\r\n\x1b[31mred \xe2\x80\xae txet \xff bytes!!`
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(HOSTILE, 'latin1'))
  })
  let port = 0
  beforeAll(async () => {
    port = await listenOn(server)
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  test('what comes from the network does not steer the terminal, and fits it', async () => {
    const { code, out } = await runIn({}, ['probe', `ws://127.0.0.1:${port}/`], { isTerminal: true })
    expect(code).toBe(1)
    expect(steers(out)).toBe(false)
    expect(out).toContain('\\x1b[2J')
    expect(Buffer.from(out, 'latin1').toString()).toContain('\\u202e')
    const wide = lines(Buffer.from(bare(out), 'latin1').toString()).filter(
      (line) => line.length > 80 && !/https:/.test(line),
    )
    expect(wide).toEqual([])
  })

  test('beside the configuration', async () => {
    const conf = `http { server { listen ${port}; location / { proxy_pass http://b; } } }`
    const { code, out } = await runIn({ 'nginx.conf': conf }, [
      'probe',
      `ws://127.0.0.1:${port}/`,
      '--conf',
      'nginx.conf',
    ])
    expect(code).toBe(1)
    expect(Buffer.from(out, 'latin1').toString()).toContain('── by the configuration ─')
    expect(out).toContain('Side by side')
    expect(out).toContain('Both say the same')
  })
})

test('nobody listens: that comes before all that the configuration and the backend say', async () => {
  const backend = createHttpServer()
  new WebSocketServer({ server: backend })
  const port = await listenOn(backend)
  try {
    const args = [
      'probe',
      'ws://127.0.0.1:1/',
      '--compare',
      `http://127.0.0.1:${port}/`,
      '--conf',
      'nginx.conf',
      '--json',
    ]
    const probed = async (location: string) => {
      const conf = `events {} http { server { listen 1; location / { proxy_pass http://b:1; ${location} } } }`
      return JSON.parse((await runIn({ 'nginx.conf': conf }, args)).out)
    }
    const { compare, trace } = await probed('')
    expect(compare.between).toBe(
      'The backend opens it when it is asked directly. The handshake of a client does not even get as far as the proxy (refused): mend that first.',
    )
    const early =
      'The live handshake does not even get as far as nginx (refused): mend that first. By this configuration it '
    expect(trace.sideBySide).toBe(`${early}would not open then.`)
    const good = await probed(
      'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;',
    )
    expect(good.trace.sideBySide).toBe(`${early}opens then.`)
  } finally {
    backend.closeAllConnections()
    backend.close()
  }
})

describe('snippet', () => {
  test.each([[[]], [['--nginx-version', '1.22.1']], [['--nginx-version', '1.29.7']]])(
    'what it prints has nothing wrong with it: %j',
    async (version) => {
      const { code, out } = await runIn({}, ['snippet', '/chat', 'http://127.0.0.1:3000', ...version])
      expect(code).toBe(0)
      expect(out.includes('proxy_http_version')).toBe(version[1] !== '1.29.7')
      const [map, location] = out.split('# In the server')
      const files = { 'nginx.conf': `events {}\nhttp {\n${map}\nserver {\n# In the server${location}}\n}\n` }
      const linted = await runIn(files, ['nginx.conf', '--max-warnings', '0', ...version])
      expect(linted).toMatchObject({ code: 0 })
      expect(await runIn(files, ['trace', 'ws://example.com/chat', ...version])).toMatchObject({ code: 0 })
    },
  )

  test('--install writes both files, never over others, and what they make is good', async () => {
    const main = 'events {}\nhttp {\n  include conf.d/*.conf;\n}\n'
    const site =
      'server {\n  location /ws {\n    proxy_pass http://127.0.0.1:3000;\n    include conf.d/websocket.inc;\n  }\n}\n'
    const folder = new Folder({ 'nginx.conf': main, 'conf.d/site.conf': site })
    try {
      const { code, out } = await folder.run(['snippet', '--install', 'conf.d'])
      expect(code).toBe(0)
      expect(lines(out).slice(0, 2)).toEqual(['written: conf.d/websocket-map.conf', 'written: conf.d/websocket.inc'])
      expect(out).toContain('    include conf.d/websocket.inc;\n')
      expect(await folder.run(['nginx.conf', '--max-warnings', '0'])).toMatchObject({ code: 0 })
      expect(await folder.run(['trace', 'ws://example.com/ws'])).toMatchObject({ code: 0 })
      expect(await folder.run(['snippet', '--install', 'conf.d'])).toMatchObject({
        code: 2,
        err: 'ngxlint: --install: conf.d/websocket-map.conf is there already, and nothing was written\n',
      })
    } finally {
      folder.remove()
    }
  })

  test('a map that is there already is not written anew; and all or nothing is', async () => {
    const folder = new Folder({ 'conf.d/maps.conf': "map $http_upgrade $connection_upgrade { '' close; }\n" })
    try {
      const { out } = await folder.run(['snippet', '--install', 'conf.d'])
      expect(out).toMatch(/^conf\.d\/maps\.conf has the map already\nwritten: conf\.d\/websocket\.inc\n/)
      const other = new Folder({ 'conf.d/websocket.inc': '# mine\n' })
      expect((await other.run(['snippet', '--install', 'conf.d'])).code).toBe(2)
      expect(other.names()).toEqual(['conf.d', 'conf.d/websocket.inc'])
      expect(other.read('conf.d/websocket.inc')).toBe('# mine\n')
      other.remove()
    } finally {
      folder.remove()
    }
  })
})
