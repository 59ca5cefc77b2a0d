/** Finds nginx and its version. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where administrators' programs lie, on the PATH or not. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/nginx/sbin', '/opt/homebrew/bin']

/** The nginx of NGINX_BIN, else of the PATH, else of the usual folders. */
export function findNginx(): string | undefined {
  const named = process.env.NGINX_BIN
  if (named) return named
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS]
  return folders.map((folder) => join(folder, 'nginx')).find(isExecutable)
}

/** Throws where there is none. */
export function requireNginx(): string {
  const found = findNginx()
  if (!found) throw new Error('nginx not found: install it, or name one in NGINX_BIN')
  return found
}

/** `1.22.1`, as `nginx -v` says. */
export function nginxVersion(): string {
  const { stderr } = spawnSync(requireNginx(), ['-v'], { encoding: 'latin1', timeout: 10_000 })
  const version = /nginx\/(\d+\.\d+\.\d+)/.exec(stderr ?? '')?.[1]
  if (!version) throw new Error(`${requireNginx()} -v does not tell a version: ${stderr}`)
  return version
}

/** Whether the nginx at hand is of this version or a newer one. */
export function nginxIsAtLeast(version: string): boolean {
  return nginxVersion().localeCompare(version, 'en', { numeric: true }) >= 0
}

/** Whether the nginx at hand was built with a module, or another option of its `configure`. */
export function nginxHas(option: string): boolean {
  const { stderr } = spawnSync(requireNginx(), ['-V'], { encoding: 'latin1', timeout: 10_000 })
  return stderr.includes(option)
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
