/** `ngxlint probe` through other proxies, where this machine has them: Apache httpd and HAProxy of Debian. */
import { afterAll, beforeAll, expect } from '@jest/globals'
import { type Backend, startLenientBackend } from './backends.ts'
import { describeWith } from './describe-with.ts'
import { freePorts } from './ports.ts'
import { probe } from './probing.ts'
import { apache, apacheConf, haproxy, withProgram } from './programs.ts'
import { makeTree } from './tree.ts'

describeWith('probe through Apache httpd', apache, (add) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startLenientBackend()
  })
  afterAll(() => backend.stop())

  const through = async <T>(
    modules: readonly string[],
    rows: (to: string) => string,
    use: (url: string) => Promise<T>,
  ) => {
    const [port = 0] = await freePorts(1)
    const tree = makeTree({})
    tree.write({ 'httpd.conf': apacheConf(tree.dir, port, modules, rows(`127.0.0.1:${backend.port}`)) })
    const args = ['-d', tree.dir, '-f', tree.path('httpd.conf'), '-D', 'FOREGROUND']
    try {
      return await withProgram(apache.path as string, args, port, () => use(`ws://127.0.0.1:${port}/ws`))
    } finally {
      tree.remove()
    }
  }

  add('without a word about upgrades they die there', () =>
    through(
      ['proxy_http'],
      (to) => `ProxyPass /ws http://${to}/ws`,
      async (url) => {
        const probed = await probe(url)
        expect(probed).toMatchObject({ code: 1, cause: 'headers-lost', answer: { status: 426 } })
      },
    ),
  )

  add('with upgrade=websocket they pass', () =>
    through(
      ['proxy_http'],
      (to) => `ProxyPass /ws http://${to}/ws upgrade=websocket`,
      async (url) => {
        expect(await probe(url)).toMatchObject({ code: 0, answer: { status: 101 } })
      },
    ),
  )

  add('with mod_proxy_wstunnel they pass', () =>
    through(
      ['proxy_wstunnel'],
      (to) => `ProxyPass /ws ws://${to}/ws`,
      async (url) => {
        expect(await probe(url)).toMatchObject({ code: 0, answer: { status: 101 } })
      },
    ),
  )

  add('a ws:// target that no module takes is an error of the server', () =>
    through(
      [],
      (to) => `ProxyPass /ws ws://${to}/ws`,
      async (url) => {
        const probed = await probe(url, '--compare', `ws://127.0.0.1:${backend.port}/ws`)
        expect(probed).toMatchObject({ code: 1, cause: 'server-error', compare: { cause: 'opened' } })
        expect(probed.hops.map(({ id }) => id)).toEqual(['apache'])
        expect(probed.advice.map(({ at }) => at)).toContain('apache')
      },
    ),
  )
})

describeWith('probe through HAProxy', haproxy, (add) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startLenientBackend()
  })
  afterAll(() => backend.stop())

  const through = async <T>(to: number, rows: string, use: (url: string) => Promise<T>) => {
    const [port = 0] = await freePorts(1)
    const tree = makeTree({
      'haproxy.cfg': `defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen all
  bind 127.0.0.1:${port}
${rows}
  server one 127.0.0.1:${to}
`,
    })
    try {
      return await withProgram(haproxy.path as string, ['-db', '-f', tree.path('haproxy.cfg')], port, () =>
        use(`ws://127.0.0.1:${port}/ws`),
      )
    } finally {
      tree.remove()
    }
  }

  add('it passes them of itself', () =>
    through(backend.port, '', async (url) => {
      expect(await probe(url)).toMatchObject({ code: 0, answer: { status: 101 } })
    }),
  )

  add('a rule that deletes the headers', () =>
    through(backend.port, '  http-request del-header Upgrade\n  http-request del-header Connection', async (url) => {
      const probed = await probe(url, '--compare', `http://127.0.0.1:${backend.port}/ws`)
      expect(probed).toMatchObject({ code: 1, cause: 'headers-lost', compare: { cause: 'opened' } })
    }),
  )

  add('no backend', async () => {
    const [dead = 0] = await freePorts(1)
    await through(dead, '', async (url) => {
      const probed = await probe(url)
      expect(probed).toMatchObject({ code: 1, cause: 'unavailable', answer: { status: 503 } })
      expect(probed.hops.map(({ id }) => id)).toEqual(['haproxy'])
    })
  })
})
