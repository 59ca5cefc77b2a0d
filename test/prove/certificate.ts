/** A certificate that nobody signed, for the fixtures that listen with TLS. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from '../e2e/workspace.ts'

export const CERTIFICATE_FILE = 'certificate.pem'
export const KEY_FILE = 'key.pem'

let made: Readonly<Record<string, string>> | undefined

/** Both files; undefined where there is no `openssl`. */
export function certificateFiles(): Readonly<Record<string, string>> | undefined {
  made ??= make()
  return made
}

function make(): Readonly<Record<string, string>> | undefined {
  const dir = newFolder()
  const [certificate, key] = [join(dir, CERTIFICATE_FILE), join(dir, KEY_FILE)]
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  const { status } = spawnSync('openssl', [...kind, '-keyout', key, '-out', certificate], { timeout: 20_000 })
  if (status !== 0) return undefined
  return { [CERTIFICATE_FILE]: readFileSync(certificate, 'latin1'), [KEY_FILE]: readFileSync(key, 'latin1') }
}
