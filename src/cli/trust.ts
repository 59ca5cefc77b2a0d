import { lstatSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Who may have written what this process believes, or runs. Where the platform knows no users, it is not asked. */

const ROOT = 0
const GROUP_WRITES = 0o020
const ALL_WRITE = 0o002

/**
 * Why a file may not be run as code by this user: somebody else may have written it. So ssh and sudo judge their files.
 * Undefined where it may.
 */
export function whyNotRun(path: string): string | undefined {
  const user = process.geteuid?.()
  if (user === undefined) return undefined
  const { uid, gid, mode } = statSync(path)
  const me = user === ROOT ? 'root' : 'you'
  if (isForeign({ uid }, user)) return `${path} belongs to another user (${uid}), and would run as ${me}`
  if (mode & ALL_WRITE) return `${path} may be written by everybody, and would run as ${me}`
  if (user === ROOT && mode & GROUP_WRITES && gid !== ROOT)
    return `${path} may be written by a group (${gid}), and would run as root`
  return undefined
}

/** Whether anybody may have put a file there, and somebody else has: in /tmp, say. */
export function isPlanted(path: string): boolean {
  const user = process.geteuid?.()
  if (user === undefined) return false
  const file = statusOf(path)
  return file !== undefined && isForeign(file, user) && (lstatSync(dirname(path)).mode & ALL_WRITE) !== 0
}

/** Whether this user can see that there is something of this name. */
export function isThere(path: string): boolean {
  return statusOf(path) !== undefined
}

/** Undefined where there is none, or the folder is closed to this user. */
function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function isForeign({ uid }: Pick<Stats, 'uid'>, user: number): boolean {
  return uid !== user && uid !== ROOT
}
