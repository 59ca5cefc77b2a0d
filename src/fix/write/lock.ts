import { linkSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunId, LOCK, temporaryName } from './names.ts'
import { writeNewFile } from './new-file.ts'
import type { PinnedFolder } from './pinned-folder.ts'
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts'
import { readRegular } from './read-regular.ts'
import { type AfterStep, NO_STEPS } from './steps.ts'
import { codeOf, WriteError } from './write-error.ts'

/** What a lock says of the run that holds it. */
export interface LockContent extends ProcessIdentity {
  /** The run's id. */
  readonly id: string
  /** The folder where its journal is: what is locked here may have been written from a main file elsewhere. */
  readonly journalFolder: string
}

export interface LockOptions {
  readonly waitMs: number
  /** Called once, when it has to wait. */
  readonly onWait?: (holder: string) => void
  readonly afterStep?: AfterStep
}

/** A lock on a folder that this process holds. */
export interface FolderLock {
  /** The run that held it and has ended without giving it back. */
  readonly predecessor: LockContent | undefined
  readonly hasWaited: boolean
  release(): void
}

const LOCK_LIMIT = 1 << 16
const POLL_MS = 20
/** Where locks can't be made in one step, one without content may be on its way for as long. */
const GRACE_MS = 5000

/**
 * Takes the lock of a folder: a file that is there or not, made whole in one step, by a link. That of a process that
 * has ended is taken over.
 * @throws WriteError where another process keeps it for longer than may be waited
 */
export async function lockFolder(
  folder: PinnedFolder,
  id: string,
  journalFolder: string,
  { waitMs, onWait, afterStep = NO_STEPS }: LockOptions,
): Promise<FolderLock> {
  const claim = new Claim(folder, { id, journalFolder, ...thisProcess() })
  const end = Date.now() + waitMs
  let hasWaited = false
  for (;;) {
    const taken = claim.take(LOCK)
    if (!('holder' in taken)) {
      afterStep(`locked ${folder.path}`)
      sweep(folder)
      return { predecessor: taken.predecessor, hasWaited, release: () => claim.release(LOCK) }
    }
    const holder = describe(taken.holder)
    if (Date.now() >= end)
      throw new LockedError(
        `${holder} is at work in ${folder.path}, as ${folder.path}/${LOCK} says; nothing was written`,
      )
    if (!hasWaited) onWait?.(holder)
    hasWaited = true
    await sleep(POLL_MS)
  }
}

/** Another process keeps the lock. */
export class LockedError extends WriteError {}

type Taken = { readonly predecessor: LockContent | undefined } | { readonly holder: LockContent | undefined }

/** One run's wish to hold files of a folder. */
class Claim {
  readonly #folder: PinnedFolder
  readonly #content: LockContent

  constructor(folder: PinnedFolder, content: LockContent) {
    this.#folder = folder
    this.#content = content
  }

  /**
   * Takes a name if nobody has it, or one who has ended. For that, the right to follow that one is taken first, under
   * a name that holds the other's id: of two who see a dead process's lock, one only may replace it, and not after it
   * was replaced already. That right may itself be left by somebody who has ended; it is taken in the same way.
   */
  take(name: string): Taken {
    if (this.#create(name)) return { predecessor: undefined }
    const content = readLock(this.#folder, name)
    if (content === undefined) return { holder: undefined } // It was given back just now.
    if (content === 'empty') return this.#takeEmpty(name)
    if (isAlive(content) !== false) return { holder: content }
    const right = temporaryName(content.id, 'successor')
    const taken = this.take(right)
    if ('holder' in taken) return taken
    try {
      const again = readLock(this.#folder, name)
      if (again === undefined || again === 'empty' || again.id !== content.id) return { holder: undefined }
      this.#replace(name)
      return { predecessor: content }
    } finally {
      this.release(right)
    }
  }

  release(name: string): void {
    const content = readLock(this.#folder, name)
    if (typeof content === 'object' && content.id === this.#content.id) rmSync(this.#folder.at(name), { force: true })
  }

  #create(name: string): boolean {
    try {
      linkSync(this.#write(), this.#folder.at(name))
      return true
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EEXIST') return false
      // Not every file system has links.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code ?? '')) throw error
      return this.#createWithoutLink(name)
    } finally {
      rmSync(this.#claimPath, { force: true })
    }
  }

  #createWithoutLink(name: string): boolean {
    try {
      writeNewFile(this.#folder.at(name), this.#bytes)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  }

  /** Nothing tells whose it was. */
  #takeEmpty(name: string): Taken {
    const age = Date.now() - (lstatSync(this.#folder.at(name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > GRACE_MS) rmSync(this.#folder.at(name), { force: true })
    return { holder: undefined }
  }

  #replace(name: string): void {
    renameSync(this.#write(), this.#folder.at(name))
  }

  #write(): string {
    rmSync(this.#claimPath, { force: true })
    writeNewFile(this.#claimPath, this.#bytes)
    return this.#claimPath
  }

  get #claimPath(): string {
    return this.#folder.at(temporaryName(this.#content.id, 'claim'))
  }

  get #bytes(): Buffer {
    return Buffer.from(`${JSON.stringify(this.#content)}\n`)
  }
}

/** What a lock says; `empty` where it says nothing, undefined where there is none. */
export function readLock(folder: PinnedFolder, name: string = LOCK): LockContent | 'empty' | undefined {
  const bytes = readRegular(folder.at(name), LOCK_LIMIT)
  if (!bytes) return lstatSync(folder.at(name), { throwIfNoEntry: false }) ? 'empty' : undefined
  try {
    const { id, pid, host, boot, started, journalFolder } = JSON.parse(bytes.toString()) as Record<string, unknown>
    if (!isRunId(id) || typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return 'empty'
    return { id, pid, host: text(host), boot: text(boot), started: text(started), journalFolder: text(journalFolder) }
  } catch {
    return 'empty'
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

function describe(holder: LockContent | undefined): string {
  if (!holder) return 'another ngxlint'
  const { pid, host } = holder
  const where = host === thisProcess().host ? '' : ` on ${host.split(' ')[0]}, or in another container`
  return `another ngxlint (process ${pid}${where})`
}

const LEFT_OVER = /^\.ngxlint-[0-9a-f]{16}-(?:claim|successor)$/

/** What those left who were ended while they took a lock. */
function sweep(folder: PinnedFolder): void {
  for (const name of readdirSync(folder.at('.'))) {
    if (!LEFT_OVER.test(name)) continue
    const content = readLock(folder, name)
    if (typeof content === 'object' && isAlive(content) === false) rmSync(folder.at(name), { force: true })
  }
}
