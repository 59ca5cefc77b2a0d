import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { runNgxlint } from './ngxlint.ts'
import { Tree } from './tree.ts'

/** A configuration of 11 MB, most of which are comments: every tenth of its servers has a handshake that fails, and some have comments about it. */
function large(seed: number): string {
  const servers = Array.from({ length: 2_500 }, (_, index) => {
    const isBroken = index % 10 === seed
    const comment = index % 50 === seed ? '    # ngxlint-disable-next-line websocket/read-timeout -- known\n' : ''
    return `# ${'Served as the customer asked for it, see the ticket. '.repeat(80)}
server {
    listen 8080;
    server_name s${seed}-${index}.test;
    root /srv/www/s${index};
    location /static/ {
        expires 30d;
    }
${comment}    location ${isBroken ? '/socket.io/' : '/api/'} {
        include snippets/proxy.conf;
        proxy_pass http://127.0.0.1:3000;
    }
}
`
  })
  return `events {}\nhttp {\n${servers.join('')}}\n`
}

const PROXY = 'proxy_set_header Host $host;\nproxy_set_header X-Real-IP $remote_adr;\n'
const sites = ['a', 'b', 'c']

function site(index: number): Record<string, string> {
  return { [`${sites[index]}/nginx.conf`]: large(index), [`${sites[index]}/snippets/proxy.conf`]: PROXY }
}

const tree = new Tree().write({
  ...site(0),
  ...site(1),
  ...site(2),
  // Tells which threads there were: what is required before the command runs in each of them.
  'note-thread.cjs': `const { isMainThread } = require('node:worker_threads')
require('node:fs').appendFileSync(process.env.THREADS_SEEN, isMainThread ? 'main ' : 'other ')\n`,
})

async function lint(name: string, ...args: string[]) {
  const seen = join(tree.dir, `${name}.threads`)
  appendFileSync(seen, '')
  const paths = sites.map((one) => `${one}/nginx.conf`)
  const env = { NODE_OPTIONS: `--require=${tree.path('note-thread.cjs')}`, THREADS_SEEN: seen }
  const result = await runNgxlint([...args, ...paths], tree.dir, '', env)
  return { ...result, threads: existsSync(seen) ? readFileSync(seen, 'utf8').trim() : '' }
}

describe('several large configurations, linted in threads', () => {
  test.each(['compact', 'json'])(
    'are reported as from one thread: %s',
    async (format) => {
      const one = await lint(`one-${format}`, '--threads', '1', '-f', format)
      const three = await lint(`three-${format}`, '--threads', '3', '-f', format)
      expect(one.threads).toBe('main')
      expect(three.threads).toBe('main other other')
      expect(one.stdout.length).toBeGreaterThan(50_000)
      expect({ ...three, threads: '' }).toEqual({ ...one, threads: '' })
    },
    60_000,
  )

  test('settings hold there, too', async () => {
    tree.write({
      'ngxlint.json': `{
  "rules": { "websocket/read-timeout": { "severity": "error", "above": "2m" }, "websocket/http-version": "info" },
  "overrides": [{ "files": ["b/**"], "rules": { "websocket/upgrade-header": "off" } }]
}\n`,
    })
    const one = await lint('one-set', '--threads', '1', '--config', 'ngxlint.json')
    const two = await lint('two-set', '--threads', '2', '--config', 'ngxlint.json')
    expect(two.threads).toBe('main other')
    expect({ ...two, threads: '' }).toEqual({ ...one, threads: '' })
    expect(one.stdout).toContain('info')
  }, 60_000)

  test('rules of a plugin stay in the main thread, and what they throw is told as ever', async () => {
    tree.write({
      'own.mjs': `export default { rules: { 'own/fails': { summary: 'Fails', severity: 'error', fix: null, see: 'https://example.com', whole() { throw new Error('broken rule') } } } }\n`,
      'plugin.json': '{ "plugins": ["./own.mjs"] }\n',
    })
    const one = await lint('one-plugin', '--threads', '1', '--config', 'plugin.json')
    const three = await lint('three-plugin', '--threads', '3', '--config', 'plugin.json')
    expect(three.threads).toBe('main')
    expect(one.code).toBe(2)
    expect({ ...three, threads: '' }).toEqual({ ...one, threads: '' })
  }, 60_000)

  test('a configuration that can’t be read is told of, and no thread is started', async () => {
    const one = await runNgxlint(['--threads', '1', 'a/nginx.conf', 'none.conf', 'b/nginx.conf'], tree.dir)
    const three = await runNgxlint(['--threads', '3', 'a/nginx.conf', 'none.conf', 'b/nginx.conf'], tree.dir)
    expect(one).toMatchObject({ code: 2, stderr: expect.stringContaining('none.conf: no such file') })
    expect(three).toEqual(one)
  }, 60_000)

  test('a thread that dies leaves its configurations to the main one', async () => {
    tree.write({
      'die.cjs': `const { isMainThread } = require('node:worker_threads')\nif (!isMainThread) process.exit(3)\n`,
    })
    const paths = sites.map((one) => `${one}/nginx.conf`)
    const env = { NODE_OPTIONS: `--require=${tree.path('die.cjs')}` }
    const one = await runNgxlint(['--threads', '1', ...paths], tree.dir)
    expect(await runNgxlint(['--threads', '3', ...paths], tree.dir, '', env)).toEqual(one)
  }, 60_000)
})

test.each([['0'], ['many'], ['1000']])('--threads %s is refused', async (count) => {
  const { code, stderr } = await runNgxlint(['--threads', count, 'a/nginx.conf'], tree.dir)
  expect({ code, stderr }).toEqual({ code: 2, stderr: `ngxlint: --threads: "${count}" is no number of threads\n` })
})
