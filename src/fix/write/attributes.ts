import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, fstatSync, futimesSync, lstatSync, type Stats } from 'node:fs'
import { codeOf, reasonOf, WriteError } from './write-error.ts'

/** What of a file its new text keeps. */
export type Kept = 'all' | 'mode and owner'

/**
 * Gives a new file mode, owner and group of an old one, its access list and extended attributes. Node can't read the
 * latter two: `cp` of GNU can, which is on every Linux but the smallest.
 * @throws WriteError where they can't be kept
 */
export function keepAttributes(from: string, to: string, descriptor: number): Kept {
  const wanted = lstatSync(from)
  const user = process.geteuid?.()
  if (user !== undefined && user !== 0 && user !== wanted.uid) throw foreign(wanted)
  const kept = copyWithGnu(from, to) ? 'all' : copyWithNode(wanted, to, descriptor)
  // Its text is new, whatever its other attributes.
  const now = new Date()
  futimesSync(descriptor, now, now)
  const { mode, uid, gid } = fstatSync(descriptor)
  if (mode !== wanted.mode || uid !== wanted.uid || gid !== wanted.gid) throw foreign(wanted)
  return kept
}

function foreign({ mode, uid, gid }: Stats): WriteError {
  const what = `${uid}:${gid}, mode ${(mode & 0o7777).toString(8)}`
  return new WriteError(`owner, group and mode can't be kept (${what}): run ngxlint as its owner, or as root`)
}

const SELINUX = '/sys/fs/selinux/enforce'

/** Whether it has been done. */
function copyWithGnu(from: string, to: string): boolean {
  if (process.platform !== 'linux') return false
  const what = `mode,ownership,timestamps,xattr${existsSync(SELINUX) ? ',context' : ''}`
  const { status, stderr, error } = spawnSync('cp', ['--attributes-only', `--preserve=${what}`, '--', from, to], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
  })
  if (status === 0) return true
  // No cp; that of busybox, which knows no such option; one that was built without.
  if (error || /unrecognized option|unknown option|invalid option|built without xattr/.test(stderr)) return false
  throw new WriteError(`access list and extended attributes can't be kept: ${stderr.trim().split('\n')[0]}`)
}

/** The owner first, since a change of owner takes the set-user bits away. */
function copyWithNode({ uid, gid, mode }: Stats, to: string, descriptor: number): Kept {
  try {
    const status = fstatSync(descriptor)
    if (status.uid !== uid || status.gid !== gid) chownSync(to, uid, gid)
    chmodSync(to, mode & 0o7777)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error
    throw new WriteError(`owner, group and mode can't be kept: ${reasonOf(error)}`)
  }
  return 'mode and owner'
}
