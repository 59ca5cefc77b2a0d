/**
 * Runs the real nginx on trees of files.
 *
 * A started nginx is one process (`master_process off`): it is there in 5 ms, gone in 1 ms, and keeps the user that
 * started it. It is started anew for another configuration: after a reload (SIGHUP) old and new workers accept side by
 * side for 100 ms, and nothing tells which of them answers.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { nginxIsAtLeast, requireNginx } from './nginx-binary.ts'
import { type NginxMessage, parseNginxMessages } from './nginx-messages.ts'
import { getWorkspace } from './workspace.ts'

const START_TIMEOUT_MS = 10_000
const STOP_TIMEOUT_MS = 1000

/** nginx says this once its sockets listen. */
const LISTENING = /using the "\w+" event method/
const PORT_TAKEN = /bind\(\) to (\S+) failed \(\d+: Address already in use\)/

/**
 * Relative to the tree (`-p`). Without them nginx would make its compiled-in folders, and as root change their owner.
 * Stands in `http`.
 */
export const TEMPORARY_PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((name) => `${name}_temp_path .nginx-temp;`)
  .join(' ')

/** A main configuration that touches nothing outside its tree. */
export function mainConf(http: string): string {
  return `events {}\nhttp {\n  access_log off; ${TEMPORARY_PATHS}\n${http}\n}\n`
}

export interface NginxVerdict {
  /** `nginx -t` was successful. */
  readonly ok: boolean
  /** The configuration could be read; `ok` also needs the files, ports and folders that it names. */
  readonly syntaxOk: boolean
  readonly messages: readonly NginxMessage[]
  /** All that nginx wrote, as latin1. */
  readonly raw: string
}

/** `nginx -t` on a tree; relative includes start beside the main configuration, other relative paths at the tree. */
export async function nginxTest(dir: string, conf = 'nginx.conf'): Promise<NginxVerdict> {
  const verdict = await test(dir, conf, pidDirective(dir))
  return verdict.messages.some(isDuplicatePid) ? test(dir, conf, '') : verdict
}

export interface RunningNginx {
  readonly pid: number
  /** What it has written so far, from `notice` up; also after it was stopped. */
  log(): string
  /** Ends it for certain, within a second. */
  stop(): Promise<void>
}

export interface NginxSource {
  readonly dir: string
  /** Relative to `dir`: `nginx.conf` unless given. It may not set `daemon` nor `master_process`. */
  readonly conf?: string
}

/** nginx could not start because somebody else has the port by now. */
export class PortTakenError extends Error {}

/** nginx did not start; `messages` say why. */
export class NginxStartError extends Error {
  readonly messages: readonly NginxMessage[]

  constructor(log: string) {
    super(`nginx did not start:\n${log}`)
    this.messages = parseNginxMessages(log)
  }
}

/** Starts nginx; resolves when it listens. */
export async function startNginx({ dir, conf = 'nginx.conf' }: NginxSource): Promise<RunningNginx> {
  try {
    return await start(dir, conf, pidDirective(dir))
  } catch (error) {
    if (!(error instanceof NginxStartError) || !error.messages.some(isDuplicatePid)) throw error
    return start(dir, conf, '')
  }
}

/** Keeps nginx off the pid file of the machine's own nginx, which it would remove in the end. */
function pidDirective(dir: string): string {
  return `pid ${join(dir, '.nginx.pid')};`
}

/** The tree names its own pid file. */
function isDuplicatePid({ text }: NginxMessage): boolean {
  return text === '"pid" directive is duplicate'
}

async function test(dir: string, conf: string, globals: string): Promise<NginxVerdict> {
  const child = spawnNginx(dir, conf, globals, ['-t'])
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS)
  const log = collect(child)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => clearTimeout(timer))
  const raw = log()
  const syntaxOk = code === 0 || /^nginx: the configuration file .* syntax is ok$/m.test(raw)
  return { ok: code === 0, syntaxOk, messages: parseNginxMessages(raw), raw }
}

async function start(dir: string, conf: string, globals: string): Promise<RunningNginx> {
  const child = spawnNginx(dir, conf, `daemon off; master_process off; error_log stderr notice; ${globals}`)
  getWorkspace().reaper.adopt(child)
  const log = collect(child)
  try {
    await untilListening(child, log)
  } catch (error) {
    await end(child)
    throw error
  }
  // A test that forgets to stop it must not hang: the reaper ends it.
  child.unref()
  ;(child.stderr as Socket).unref()
  return { pid: child.pid!, log, stop: () => end(child) }
}

let flagsOfLog: readonly string[] | undefined

/** Before it reads a configuration nginx opens a log that was compiled in. 1.19.5 and newer can be told another one. */
function logFlags(): readonly string[] {
  flagsOfLog ??= nginxIsAtLeast('1.19.5') ? ['-e', 'stderr'] : []
  return flagsOfLog
}

function spawnNginx(dir: string, conf: string, globals: string, flags: readonly string[] = []): ChildProcess {
  const args = [...flags, ...logFlags(), '-p', dir, '-c', join(dir, conf), ...(globals ? ['-g', globals] : [])]
  return spawn(requireNginx(), args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } })
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = []
  child.stderr!.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('latin1')
}

function untilListening(child: ChildProcess, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(new Error(`nginx does not listen yet:\n${log()}`)), START_TIMEOUT_MS)
    const look = (): void => {
      const text = log()
      const taken = PORT_TAKEN.exec(text)
      // nginx itself would go on trying for 2.5 seconds.
      if (taken) done(new PortTakenError(`${taken[1]} is taken`))
      else if (LISTENING.test(text)) done()
    }
    const closed = (): void => done(new NginxStartError(log()))
    const done = (error?: Error): void => {
      clearTimeout(timer)
      child.stderr!.off('data', look)
      child.off('close', closed)
      child.off('error', done)
      if (error) reject(error)
      else resolve()
    }
    child.stderr!.on('data', look)
    child.once('close', closed)
    child.once('error', done)
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      child.stderr?.destroy()
      resolve()
    })
    child.kill('SIGTERM')
  })
}
