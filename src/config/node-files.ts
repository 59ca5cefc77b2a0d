import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ConfigurationFiles, compareBytes, DIRECTIVE_LIMIT, type ReadFailure, SIZE_LIMIT } from './files.ts'

/** Bytes that a directive takes, from its token to its place in the model, when little is wrong (measured: 550). */
const BYTES_PER_DIRECTIVE = 800

/** By so much the young space, in which no tree stays, is larger since Node 24: V8 counts it with the limit of the heap. */
const MORE_YOUNG_SPACE = Number.parseInt(process.versions.node, 10) >= 24 ? 144 * 2 ** 20 : 0

/** The files of this machine. Devices, pipes and sockets are refused, not opened for good. */
export const diskFiles: ConfigurationFiles = {
  directiveLimit() {
    // Read in when it is wanted: that takes 2 ms, and few configurations are so large.
    const { getHeapStatistics } = process.getBuiltinModule('node:v8')
    const limit = getHeapStatistics().heap_size_limit
    // Whoever gave V8 a small young space has less to take off.
    const bytes = Math.max(limit - MORE_YOUNG_SPACE, limit / 3)
    return Math.min(DIRECTIVE_LIMIT, Math.floor(bytes / BYTES_PER_DIRECTIVE))
  },
  read(path) {
    let descriptor: number
    try {
      // Without O_NONBLOCK the open of a fifo waits for its writer.
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    } catch (error) {
      return { failure: failureOf(error) }
    }
    try {
      const status = fstatSync(descriptor)
      if (!status.isFile()) return { failure: 'not a file' }
      if (status.size > SIZE_LIMIT) return { failure: 'too large' }
      return { text: readWhole(descriptor, status.size) }
    } catch (error) {
      return { failure: failureOf(error) }
    } finally {
      closeSync(descriptor)
    }
  },
  list(folder) {
    try {
      return readdirSync(folder).sort(compareBytes)
    } catch {
      return []
    }
  },
  isFolder(path) {
    try {
      return statSync(path).isDirectory()
    } catch {
      return false
    }
  },
  isClosed(folder) {
    try {
      readdirSync(folder)
      return false
    } catch (error) {
      return isForbidden(error)
    }
  },
  realPath(path) {
    try {
      // One call into the C library; the other realpathSync asks for every folder of the path by itself.
      return realpathSync.native(path)
    } catch {
      return resolve(path)
    }
  },
}

/** In bytes; to reserve memory by itself takes longer than to read a small file. */
const LARGE = 1 << 17

function readWhole(descriptor: number, size: number): string {
  if (size < LARGE) return readInto(Buffer.allocUnsafe(size), descriptor)
  // Given back at once: when C's `free` gets it from the garbage collector, it keeps more of what others free from then on.
  const memory = new ArrayBuffer(size, { maxByteLength: size })
  const text = readInto(Buffer.from(memory), descriptor)
  memory.resize(0)
  return text
}

function readInto(bytes: Buffer, descriptor: number): string {
  let length = 0
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, length)
    if (count === 0) break
    length += count
  }
  return bytes.toString('latin1', 0, length)
}

/** ELOOP: of a symbolic link that leads to itself. */
const LEADS_NOWHERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])

function isForbidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EACCES' || code === 'EPERM'
}

function failureOf(error: unknown): ReadFailure {
  const code = (error as NodeJS.ErrnoException).code
  if (code !== undefined && LEADS_NOWHERE.has(code)) return 'missing'
  return code === 'EISDIR' || code === 'ENXIO' ? 'not a file' : 'unreadable'
}
