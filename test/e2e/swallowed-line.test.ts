/** A line that a directive without its `;` has taken: what nginx makes of it, and what it makes of the fixed file. */
import { expect } from '@jest/globals'
import type { Context } from '../../src/nginx/context.ts'
import { inRange } from '../../src/nginx/directives.ts'
import { statesIn } from '../../src/nginx/states.ts'
import { refusesStrayWords } from '../../src/nginx/stray-words.ts'
import { refusedValue } from '../../src/nginx/values.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { casesFor, namesToProve } from '../prove/directive-cases.ts'
import { plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, nginxTest, startNginx } from './nginx.ts'
import { nginxVersion } from './nginx-binary.ts'
import { runNgxlint } from './ngxlint.ts'
import { freePorts } from './ports.ts'
import { makeTree, type Tree } from './tree.ts'

const site = (port: number) =>
  mainConf(`
  server {
    listen 127.0.0.1:${port};
    server_name example.com
    root site;
    location /private/ {
      return 403
      internal;
    }
    location /marked {
      root site;
      try_files /index.html =404
      add_header X-Mark here;
    }
  }`)

/** What may stand in each context, and is put behind a directive there. */
const LINES: Readonly<Partial<Record<Context, string>>> = {
  main: 'pid x.pid',
  events: 'multi_accept on',
  http: 'root /srv',
  server: 'root /srv',
  location: 'root /srv',
  upstream: 'keepalive 4',
}
/** The same, for directives that take one argument more at most. */
const WORDS: Readonly<Partial<Record<Context, string>>> = { location: 'internal', upstream: 'ip_hash' }

describeWithNginx('a line that another directive has taken', (add) => {
  add('has no effect, and has one when it is mended', async () => {
    const [port = 0] = await freePorts(1)
    const tree = makeTree({ 'nginx.conf': site(port), 'site/index.html': 'hello' })
    try {
      expect(await nginxTest(tree.dir)).toMatchObject({ ok: true, messages: [] })
      expect(await asked(tree, port)).toEqual(['404 none', '403 internal', '200 hello'])

      const fixed = await runNgxlint(['--fix', '--unsafe-fixes', 'nginx.conf'], tree.dir)
      expect(fixed).toMatchObject({ code: 0, stderr: '' })
      expect(await nginxTest(tree.dir)).toMatchObject({ ok: true, messages: [] })
      expect(await asked(tree, port)).toEqual(['200 hello', '404 none', '200 hello, marked'])
    } finally {
      tree.remove()
    }
  })

  add('is refused by the directives that are known for it, and by no others', async () => {
    const version = parseVersion(nginxVersion()) ?? { major: 1, minor: 22, patch: 1 }
    const tree = makeTree({})
    const wrong: string[] = []
    let count = 0
    const isTaken = async (conf: string) => {
      tree.write({ 'nginx.conf': conf })
      count++
      return (await nginxTest(tree.dir)).syntaxOk
    }
    try {
      for (const name of namesToProve())
        for (const { context, kind, conf, line } of casesFor(name, { version, head: '', has: isInCore })) {
          const text = conf.split('\n')[line - 1] ?? ''
          const states = statesIn(name, context, version).filter(({ entry }) => !entry.block && !entry.thirdParty)
          if (kind !== 'right' || states.length === 0) continue
          for (const more of [LINES[context], WORDS[context]]) {
            const values = `${text.slice(name.length, -1)} ${more}`.trim().split(/\s+/)
            const fitting = states.filter(({ args }) => inRange(values.length, args))
            if (!more || fitting.length === 0 || NOT_ASKED.has(name) || !(await isTaken(conf))) continue
            const isRefused =
              refusesStrayWords(name) || fitting.every(({ entry }) => refusedValue(entry, values, name) !== undefined)
            const swallowing = conf.replace(text, `${text.slice(0, -1)}\n${more};`)
            if ((await isTaken(swallowing)) === isRefused) wrong.push(`${text} ${more} in ${context}`)
          }
        }
    } finally {
      tree.remove()
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(300)
  })
})

/** Names of browsers that nobody has refused another time, and what asks the resolver of the machine. */
const NOT_ASKED: ReadonlySet<string> = new Set(['modern_browser', 'resolver'])

function isInCore(context: Context): boolean {
  return LINES[context] !== undefined
}

async function asked(tree: Tree, port: number): Promise<string[]> {
  const nginx = await startNginx({ dir: tree.dir })
  try {
    const answers: string[] = []
    for (const path of ['/index.html', '/private/', '/marked']) {
      const { status, body, headers } = await plainRequest({ port, path, host: 'example.com' })
      const isMarked = headers.some(([name]) => name.toLowerCase() === 'x-mark')
      answers.push(`${status} ${/^\w*$/.test(body) ? body : 'none'}${isMarked ? ', marked' : ''}`)
    }
    return answers
  } finally {
    await nginx.stop()
  }
}
