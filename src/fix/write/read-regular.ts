import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { codeOf } from './write-error.ts'

/**
 * The bytes of a regular file: no link is followed, no fifo waited for, nothing read that is larger than the limit.
 * Undefined where there is no such file.
 */
export function readRegular(path: string, limit: number): Buffer | undefined {
  let descriptor: number
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
  try {
    const status = fstatSync(descriptor)
    return status.isFile() && status.size <= limit ? readFileSync(descriptor) : undefined
  } finally {
    closeSync(descriptor)
  }
}
