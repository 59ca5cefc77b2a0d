/** Other proxies than nginx, where this machine has them: started with a configuration of ours, ended by the reaper at the latest. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import type { Need } from './describe-with-nginx.ts'
import { isExecutable } from './nginx-binary.ts'
import { getWorkspace } from './workspace.ts'

const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/bin']
const START_TIMEOUT_MS = 10_000

export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/** Debian's: its modules lie where no other distribution has them. */
const APACHE_MODULES = '/usr/lib/apache2/modules'

export const apache: Need & { readonly path: string | undefined } = {
  path: findProgram('apache2'),
  here: findProgram('apache2') !== undefined && existsSync(APACHE_MODULES),
  what: 'Apache httpd of Debian (apt-get install apache2-bin)',
}

export const haproxy: Need & { readonly path: string | undefined } = {
  path: findProgram('haproxy'),
  here: findProgram('haproxy') !== undefined,
  what: 'HAProxy (apt-get install haproxy)',
}

/** A configuration of Apache httpd that touches nothing outside its folder. */
export function apacheConf(dir: string, port: number, modules: readonly string[], rows: string): string {
  const load = ['mpm_event', 'authz_core', 'proxy', ...modules]
  return `ServerRoot "${dir}"
PidFile "${dir}/httpd.pid"
DefaultRuntimeDir "${dir}"
ErrorLog "${dir}/error.log"
ServerName localhost
Listen 127.0.0.1:${port}
${load.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
${rows}
`
}

/** Runs a program that listens on a port, lets `use` ask it, and ends it. */
export async function withProgram<T>(
  path: string,
  args: readonly string[],
  port: number,
  use: () => Promise<T>,
): Promise<T> {
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  getWorkspace().reaper.adopt(child)
  const said: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  try {
    await untilListening(child, port, () => Buffer.concat(said).toString('latin1'))
    return await use()
  } finally {
    await end(child)
  }
}

async function untilListening(child: ChildProcess, port: number, log: () => string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`it does not listen:\n${log()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
