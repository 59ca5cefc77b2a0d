import { closeSync, constants, fstatSync, fsyncSync, openSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, reasonOf, WriteError } from './write-error.ts'

/**
 * A folder that is held open: what is done in it is done in this one, whatever its path comes to mean meanwhile.
 * Somebody who may rename folders could otherwise lead root, by a link, to write in another one.
 */
export class PinnedFolder {
  /** Without symbolic links. */
  readonly path: string
  readonly #descriptor: number
  readonly #base: string

  /** @throws WriteError where there is no such folder, or the path leads through a link */
  constructor(path: string) {
    this.path = path
    this.#descriptor = open(path)
    try {
      this.#base = baseOf(path, this.#descriptor)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** The path of a file in it. */
  at(name: string): string {
    return join(this.#base, name)
  }

  /** Makes sure that what was created, renamed and removed in it is so on the disk. */
  sync(): void {
    try {
      fsyncSync(this.#descriptor)
    } catch (error) {
      // Not every file system can; the texts themselves are safe.
      if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'].includes(codeOf(error) ?? '')) throw error
    }
  }

  /** Whether its path still leads to it. */
  isInPlace(): boolean {
    try {
      return isSame(statSync(this.path), fstatSync(this.#descriptor)) && realpathSync.native(this.path) === this.path
    } catch {
      return false
    }
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ELOOP' || code === 'ENOTDIR') throw new WriteError(`${path} is no folder any more, or a link to one`)
    throw new WriteError(`can't open the folder ${path}: ${reasonOf(error)}`)
  }
}

/**
 * Node has no openat(2), but Linux takes the descriptor of a folder as part of a path. Elsewhere the path itself has
 * to do. With the number of this process, since a program that is started from here has no such descriptors of its own.
 */
function baseOf(path: string, descriptor: number): string {
  const status = fstatSync(descriptor)
  const byDescriptor = `/proc/${process.pid}/fd/${descriptor}`
  let base = path
  try {
    if (isSame(statSync(byDescriptor), status)) base = byDescriptor
  } catch {}
  if (realpathSync.native(base) !== path) throw new WriteError(`${path} leads through a link that was not there before`)
  return base
}

interface Identity {
  readonly dev: number
  readonly ino: number
}

function isSame(one: Identity, other: Identity): boolean {
  return one.dev === other.dev && one.ino === other.ino
}
