/** Configurations that nobody writes, given to the command as a process with the memory that Node takes by itself. */
import { spawn, spawnSync } from 'node:child_process'
import { truncateSync } from 'node:fs'
import { describe, expect, jest, test } from '@jest/globals'
import { MAIN } from './ngxlint.ts'
import { makeTree, type TreeFiles } from './tree.ts'

/** As long as a busy machine may take. */
const TIMEOUT_MS = 180_000
jest.setTimeout(TIMEOUT_MS)

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

async function ngxlint(
  files: TreeFiles,
  args: readonly string[] = [],
  prepare: (dir: string) => void = () => {},
  nodeArgs: readonly string[] = [],
) {
  const tree = makeTree(files)
  try {
    prepare(tree.dir)
    const child = spawn(process.execPath, [...nodeArgs, MAIN, 'nginx.conf', '-f', 'compact', ...args], {
      cwd: tree.dir,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS - 10_000,
      killSignal: 'SIGKILL',
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    const outcome: Outcome = { code, out: Buffer.concat(out).toString('latin1'), err: Buffer.concat(err).toString() }
    return { ...outcome, text: tree.read('nginx.conf') }
  } finally {
    tree.remove()
  }
}

const MEGABYTE = 1024 * 1024
const location = (text: string) => `events {}\nhttp { server { listen 80; location /ws {\n${text}\n} } }\n`

describe('one file', () => {
  test('of 100 MB', async () => {
    const line = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; # as it comes\n'
    const text = location(line.repeat((100 * MEGABYTE) / line.length))
    expect(text.length).toBeGreaterThan(99 * MEGABYTE)
    expect(await ngxlint({ 'nginx.conf': text }, ['--quiet'])).toMatchObject({ code: 0, err: '' })
  })

  test('larger than that, or with more directives than memory holds', async () => {
    const grown = await ngxlint({ 'nginx.conf': '' }, [], (dir) => truncateSync(`${dir}/nginx.conf`, 257 * MEGABYTE))
    const dense = await ngxlint({ 'nginx.conf': 'a { }'.repeat(4_000_000) })
    for (const { code, err } of [grown, dense])
      expect({ code, err }).toEqual({ code: 2, err: 'ngxlint: nginx.conf: too large for a configuration\n' })
  })

  test('with more directives than the memory that Node was given holds', async () => {
    const text = `events {}\n${'worker_processes 1;\n'.repeat(200_000)}`
    const outcome = await ngxlint({ 'nginx.conf': text }, [], undefined, ['--max-old-space-size=100'])
    expect(outcome).toMatchObject({ code: 2, err: 'ngxlint: nginx.conf: too large for a configuration\n' })
  })

  test('with more problems than anybody reads', async () => {
    const { code, err } = await ngxlint({ 'nginx.conf': `events {}\n${'{'.repeat(1_000_000)}` })
    expect({ code, err }).toEqual({
      code: 2,
      err: 'ngxlint: more than 500000 problems: this is no configuration of nginx\n',
    })
  })

  test.each([
    ['bare', `return 200 ${'x'.repeat(10 * MEGABYTE)};`],
    ['quoted', `return 200 "${'x'.repeat(10 * MEGABYTE)}";`],
    ['of lines', `return 200 "${'x\n'.repeat(5 * MEGABYTE)}";`],
    ['a comment', `#${'x'.repeat(10 * MEGABYTE)}`],
    ['never closed', `return 200 "${'x'.repeat(10 * MEGABYTE)}`],
  ])('with a token of 10 MB, %s', async (_, text) => {
    const { code, err, out } = await ngxlint({ 'nginx.conf': location(text) })
    expect({ code, err }).toEqual({ code: expect.any(Number), err: '' })
    // No message repeats it.
    expect(out.length).toBeLessThan(10_000)
  })

  const locations = (count: number) =>
    Array.from({ length: count }, (_, n) => `location ${n % 10 ? '/a' : '/ws'}/${n} { proxy_pass http://app; }\n`)

  test('with 100,000 locations, something wrong with each tenth', async () => {
    const text = `events {}\nhttp { server {\n${locations(100_000).join('')}} }\n`
    const { code, out, err } = await ngxlint({ 'nginx.conf': text }, ['--quiet'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.match(/\[websocket\/upgrade-header\]/g)).toHaveLength(10_000)
  })

  test('with 20,000 locations, mended', async () => {
    const text = `events {}\nhttp { server {\n${locations(20_000).join('')}} }\n`
    const fixed = await ngxlint({ 'nginx.conf': text }, ['--fix', '--quiet'])
    expect(fixed).toMatchObject({ code: 0, err: '' })
    expect(fixed.text.match(/proxy_http_version 1\.1;/g)).toHaveLength(2000)
  })

  test('of one line, something wrong everywhere in it', async () => {
    for (const [piece, count] of [
      ['server { location /ws { proxy_pass http://app; } } ', 5000],
      [';', 50_000],
      ['"', 50_000],
    ] as const) {
      const { code, err } = await ngxlint({ 'nginx.conf': piece.repeat(count) })
      expect([piece, code, err]).toEqual([piece, 1, ''])
    }
  })
})

/** Each took the square of its size once: minutes, or all of the stack. */
describe('shapes in which everything may have to do with everything else', () => {
  const inHttp = (text: string) => `events {}\nhttp {\n${text}\n}\n`
  const times = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, n) => make(n)).join('\n')
  const socket = (path: string, more = '') => `location ${path} { proxy_pass http://app; ${more}}`

  test.each<[string, number, string]>([
    ['blocks without an end', 1, 'server {'.repeat(60_000)],
    [
      'locations in each other',
      1,
      inHttp(`server { ${'location /ws { proxy_pass http://app; '.repeat(8000)}${'}'.repeat(8001)}`),
    ],
    ['variables that nothing defines', 1, inHttp(`server { ${times(15_000, (n) => `set $a${n} $nothing${n};`)} }`)],
    ['directives that there are not', 1, inHttp(times(15_000, (n) => `no_such_directive_${n} on;`))],
    ['regexes, and paths that each may match', 1, inHttp(`server { ${times(5000, (n) => socket(`~ /a${n}/ws`))} }`)],
    [
      'rows that levels within lose',
      0,
      inHttp(
        `${'add_header A b;\n'.repeat(9000)} server { ${times(5000, (n) => `location /${n} { add_header C d; }`)} }`,
      ),
    ],
    [
      'rows, and locations that inherit them',
      1,
      inHttp(`server { ${times(1500, (n) => `proxy_set_header X-${n} 1;`)} ${times(800, (n) => socket(`/ws/${n}`))} }`),
    ],
    [
      'rows of a map that each location asks',
      1,
      inHttp(
        `map $http_upgrade $c { ${times(8000, (n) => `~a${n} close;`)} }\nserver { ${times(2000, (n) => socket(`/ws/${n}`, 'proxy_set_header Connection $c; '))} }`,
      ),
    ],
    ['comments that suppress, and as many problems', 0, '# ngxlint-disable syntax\n;\n'.repeat(20_000)],
    ['words without an end', 1, 'a '.repeat(20_000_000)],
    ['lines without an end', 1, 'gzip on\n'.repeat(100_000)],
    ['comments that suppress, in a row', 0, `${'# ngxlint-disable-next-line syntax\n'.repeat(20_000)};\n`],
  ])('%s', async (_, code, text) => {
    expect(await ngxlint({ 'nginx.conf': text })).toMatchObject({ code, err: '' })
  })

  test('servers that all say http2 in their listen', async () => {
    const servers = times(10_000, (n) => `server { listen 443 ssl http2; server_name h${n}.test; }`)
    const text = `events {}\nhttp { ssl_certificate a; ssl_certificate_key b;\n${servers} }\n`
    expect(await ngxlint({ 'nginx.conf': text }, ['--nginx-version', '1.26.0'])).toMatchObject({ code: 0, err: '' })
  })

  test('servers that listen on all ports there are', async () => {
    const text = inHttp(times(300, (n) => `server { listen 10.0.0.${n % 250}:1-65535 http2 ssl; }`))
    expect(await ngxlint({ 'nginx.conf': text }, ['--nginx-version', '1.26.0'])).toMatchObject({ code: 0, err: '' })
  })

  test('blocks that nest deeper than is looked at: it is said', async () => {
    const nested = `${'location / { '.repeat(200)}${'}'.repeat(200)}`
    const { out } = await ngxlint({ 'nginx.conf': `events {}\nhttp { server {\n${nested}\n} }\n` })
    expect(out).toMatch(
      /nginx\.conf:3:\d+: warning: blocks nest deeper here than ngxlint follows \(100 levels\): .*\[syntax\]/,
    )
  })
})

test('expressions that take other engines for ever', async () => {
  const evil = ['^(a+)+$', '^/(.*a){50}$', '^(?:a?){500}a{500}$', '(((((a{1,99}){1,99}){1,99}){1,99}){1,99})']
  const blocks = evil.map((pattern) => `location ~ "${pattern}" { proxy_pass http://app; }\n`)
  const text = `events {}\nhttp { server { listen 80;\n${blocks.join('')}location /${'a'.repeat(3000)}! { proxy_pass http://app; }\n} }\n`
  const { code, err } = await ngxlint({ 'nginx.conf': text })
  expect({ code, err }).toEqual({ code: expect.any(Number), err: '' })
})

test('expressions that each become thousands of instructions', async () => {
  const blocks = Array.from(
    { length: 3000 },
    (_, n) => `location ~ "x{1000}[a-z]{900}${n}" { proxy_pass http://app; }\n`,
  )
  const text = `events {}\nhttp { server { listen 80;\n${blocks.join('')}location /ws { proxy_pass http://app; }\n} }\n`
  const { code, err } = await ngxlint({ 'nginx.conf': text }, ['--quiet'])
  expect({ code, err }).toEqual({ code: 1, err: '' })
})

describe('includes', () => {
  const main = (include: string) => `events {}\nhttp {\n\tinclude ${include};\n}\n`
  const says = async (files: TreeFiles, prepare?: (dir: string) => void) => {
    const { code, out, err } = await ngxlint(files, [], prepare)
    expect(code).not.toBeNull()
    expect(err).toBe('')
    return out
  }

  test.each(['/dev/zero', '/dev/random', '/dev/tty', '/dev/stdin', '/'])('of %s', async (path) => {
    expect(await says({ 'nginx.conf': main(path) })).toMatch(/nginx\.conf:3:\d+: \w+: .*\[includes\//)
  })

  // Files by their looks, of no size, whose reader would wait, or never come to an end.
  test.each(['/proc/kmsg', '/proc/self/mem'])('of %s', async (path) => {
    await says({ 'nginx.conf': main(path) })
  })

  test('of a fifo that nobody writes to', async () => {
    const out = await says({ 'nginx.conf': main('fifo') }, (dir) => void spawnSync('mkfifo', [`${dir}/fifo`]))
    expect(out).toMatch(/nginx\.conf:3:\d+: .*is no file, and nginx does not start/)
  })

  test('of a file of a terabyte', async () => {
    const out = await says({ 'nginx.conf': main('huge'), huge: '' }, (dir) => truncateSync(`${dir}/huge`, 2 ** 40))
    expect(out).toMatch(/nginx\.conf:3:\d+: .*is larger than any configuration, and was not read/)
  })

  test('that go round', async () => {
    expect(await says({ 'nginx.conf': main('a'), a: 'include b;', b: 'include a;' })).toMatch(/b:1:\d+: .*\[includes\//)
  })

  test('that each bring two more, 30 levels deep', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => [
      `s${level}`,
      `include s${level + 1}; include s${level + 1};`,
    ])
    const files = { 'nginx.conf': main('s0'), ...Object.fromEntries(levels), s30: 'gzip on;' }
    expect(await says(files)).toMatch(/the includes unfold to more files than ngxlint follows/)
  })
})
