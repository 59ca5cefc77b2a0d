/** `ngxlint probe`, as it is built, and the ways in which TLS fails; it trusts an authority of the test’s own. */
import { createServer, type ServerOptions } from 'node:https'
import { describe, expect, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { listenOn } from '../cli/listen-on.ts'
import { makeAuthority } from './authority.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf } from './nginx.ts'
import { withNginx } from './nginx-pool.ts'
import { runNgxlint } from './ngxlint.ts'
import { newFolder } from './workspace.ts'

const made = makeAuthority()
const describeTls = made ? describe : describe.skip
if (!made) process.stderr.write('\nSKIPPED the tests of probe and certificates. Missing: openssl\n')
const authority = made ?? ({} as NonNullable<typeof made>)

interface Row {
  readonly options: ServerOptions
  readonly cause: string
  readonly means?: RegExp
  /** What is said of a certificate that was looked past. */
  readonly fault?: string
  readonly args?: readonly string[]
}

const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

const ROWS: Readonly<Record<string, Row>> = {
  'a good one': { options: authority.good, cause: 'opened' },
  expired: { options: authority.expired, cause: 'certificate', means: /has run out/ },
  'expired, and looked past': {
    options: authority.expired,
    cause: 'opened',
    args: ['-k'],
    fault: 'certificate has expired',
  },
  'for another name': {
    options: authority.forAnotherName,
    cause: 'certificate',
    means: /for other names.*other\.example/,
  },
  'without its chain': { options: authority.withoutChain, cause: 'certificate', means: /chain/ },
  'TLS 1.0 and 1.1 only': { options: { ...authority.good, ...OLD }, cause: 'tls-version', means: /TLS 1\.2 and 1\.3/ },
  'a client certificate is wanted': {
    options: { ...authority.good, requestCert: true, rejectUnauthorized: true },
    cause: 'client-certificate',
  },
  'a client certificate is wanted, in the words of TLS 1.2': {
    options: { ...authority.good, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
    cause: 'tls',
    means: /or one of the client is wanted/,
  },
  'no cipher in common': {
    options: { ...authority.good, maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' },
    cause: 'tls',
    means: /ciphers/,
  },
}

async function probe(url: string, args: readonly string[]) {
  const { code, stdout, stderr } = await runNgxlint(['probe', '--json', url, ...args], newFolder(), '', {
    NODE_EXTRA_CA_CERTS: authority.path,
  })
  expect(stderr).toBe('')
  return { code, ...JSON.parse(stdout) }
}

describeTls('certificates and versions', () => {
  test.each(Object.entries(ROWS))('%s', async (_, { options, cause, means, fault, args = [] }) => {
    const server = createServer(options)
    new WebSocketServer({ server })
    const port = await listenOn(server)
    try {
      const probed = await probe(`wss://localhost:${port}/`, args)
      expect(probed).toMatchObject({ cause, code: cause === 'opened' ? 0 : 1 })
      if (means) expect(probed.means).toMatch(means)
      if (fault) expect(probed.connection.tls.fault).toBe(fault)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})

describeWithNginx(
  'nginx with TLS',
  (add) => {
    const conf = ([port = 0]: readonly number[]) =>
      mainConf(`ssl_certificate cert.pem; ssl_certificate_key key.pem;
      server { listen 127.0.0.1:${port} ssl default_server; ssl_reject_handshake on; }
      server { listen 127.0.0.1:${port} ssl; server_name localhost; ssl_verify_client on; ssl_client_certificate cert.pem; return 204; }`)

    add('a name that no server takes, and a client certificate that is wanted', () =>
      withNginx(
        {
          files: (ports) => ({
            'nginx.conf': conf(ports),
            'cert.pem': authority.good.cert,
            'key.pem': authority.good.key,
          }),
        },
        async ({ port }) => {
          const to = ['--resolve', `nobody.test:${port}:127.0.0.1`]
          const unknown = await probe(`wss://nobody.test:${port}/`, to)
          expect(unknown).toMatchObject({ code: 1, cause: 'tls-name' })
          expect(unknown.means).toContain('nobody.test')
          const wanted = await probe(`wss://localhost:${port}/`, [])
          expect(wanted).toMatchObject({ code: 1, cause: 'client-certificate', answer: { status: 400 } })
        },
      ),
    )
  },
  { here: made !== undefined, what: 'openssl' },
)
