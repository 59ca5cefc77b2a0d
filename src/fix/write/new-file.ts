import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'

/** Writes a file that must not be there yet, and makes sure that it is on the disk; where that fails, none is left. */
export function writeNewFile(path: string, bytes: Uint8Array, prepare: (descriptor: number) => void = () => {}): void {
  // O_EXCL: never follow a link that somebody else put there. Nobody else may read it until it has its mode.
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    let at = 0
    while (at < bytes.length) at += writeSync(descriptor, bytes, at)
    prepare(descriptor)
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}
