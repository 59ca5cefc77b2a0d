import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from another one that gets its number later, after a restart too. */
export interface ProcessIdentity {
  readonly pid: number
  /** The machine; in a container, that. */
  readonly host: string
  /** The start of the machine that it runs in. */
  readonly boot: string
  /** When it was started, in the machine's own count. */
  readonly started: string
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: host(), boot: boot(), started: startOf(process.pid) }
}

/** Undefined where nobody here can know: it runs on another machine, or in another container. */
export function isAlive({ pid, host: otherHost, boot: otherBoot, started }: ProcessIdentity): boolean | undefined {
  if (otherHost !== host()) return undefined
  if (otherBoot !== boot()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, and another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startOf(pid) === started
}

function host(): string {
  return [hostname(), textOf('/etc/machine-id'), linkOf('/proc/self/ns/pid')].join(' ')
}

function boot(): string {
  return textOf('/proc/sys/kernel/random/boot_id')
}

/** Field 22 of /proc/PID/stat; the second, the name of the program, may hold spaces and brackets. */
function startOf(pid: number): string {
  const fields = textOf(`/proc/${pid}/stat`).split(')').at(-1)?.trim().split(' ') ?? []
  // A zombie has ended: it only waits to be asked how.
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim()
  } catch {
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
