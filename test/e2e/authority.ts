/** An authority of our own, and the certificates that it gives: good ones and those that clients refuse. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from './workspace.ts'

export interface Pair {
  readonly key: string
  readonly cert: string
}

export interface Authority {
  /** The file to name in NODE_EXTRA_CA_CERTS. */
  readonly path: string
  readonly good: Pair
  readonly expired: Pair
  readonly forAnotherName: Pair
  /** Given by an authority in between, whose own certificate is not sent along. */
  readonly withoutChain: Pair
}

const CONF = `[ca]
default_ca = own
[own]
dir = .
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:true
[localhost]
subjectAltName = DNS:localhost
[other]
subjectAltName = DNS:other.example
`

/** Undefined where there is no `openssl`. */
export function makeAuthority(): Authority | undefined {
  const dir = newFolder()
  for (const [name, text] of Object.entries({ 'ca.cnf': CONF, 'index.txt': '', serial: '1000\n' }))
    writeFileSync(join(dir, name), text)
  const openssl = (...args: readonly string[]) =>
    spawnSync('openssl', args, { cwd: dir, timeout: 20_000, encoding: 'utf8' }).status === 0
  const read = (name: string) => readFileSync(join(dir, name), 'utf8')
  const issue = (name: string, extensions: string, by: string, days: readonly [string, string]) =>
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    ) &&
    openssl(
      ...[
        'ca',
        '-batch',
        '-notext',
        '-config',
        'ca.cnf',
        '-extensions',
        extensions,
        '-startdate',
        days[0],
        '-enddate',
        days[1],
      ],
      ...(by === name ? ['-selfsign'] : ['-cert', `${by}.pem`]),
      ...['-keyfile', `${by}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`],
    )
  const now = ['20200101000000Z', '20990101000000Z'] as const
  const isMade =
    issue('root', 'authority', 'root', now) &&
    issue('between', 'authority', 'root', now) &&
    issue('good', 'localhost', 'root', now) &&
    issue('old', 'localhost', 'root', ['20200101000000Z', '20200201000000Z']) &&
    issue('other', 'other', 'root', now) &&
    issue('lone', 'localhost', 'between', now)
  if (!isMade) return undefined
  const pair = (name: string): Pair => ({ key: read(`${name}.key`), cert: read(`${name}.pem`) })
  return {
    path: join(dir, 'root.pem'),
    good: pair('good'),
    expired: pair('old'),
    forAnotherName: pair('other'),
    withoutChain: pair('lone'),
  }
}
