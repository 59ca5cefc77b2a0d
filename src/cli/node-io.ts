import { fstatSync, readSync, statSync, writeSync } from 'node:fs'
import type { Io } from './io.ts'

const STDIN = 0
const STDOUT = 1
const STDERR = 2

/** This process. */
export function nodeIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    isTerminal: isTerminal(STDOUT),
    columns: isTerminal(STDOUT) ? process.stdout.columns : undefined,
    isErrorTerminal: isTerminal(STDERR),
    // performance.now() tells the same, when Node has taken 2 ms to set it up.
    elapsed: () => process.uptime() * 1000,
    out: (text) => writeAll(STDOUT, Buffer.from(text)),
    err: (text) => writeAll(STDERR, Buffer.from(text)),
    readInput: async () => readAll(STDIN),
  }
}

/** Only a device can be a terminal, but not the one that throws all away; Node takes 3 ms to set up the streams that could tell. */
function isTerminal(descriptor: typeof STDOUT | typeof STDERR): boolean {
  const stats = fstatSync(descriptor)
  if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false
  return (descriptor === STDOUT ? process.stdout : process.stderr).isTTY
}

/** Writes at once: what goes through a stream may be lost when the process ends with data on its way to a pipe. */
function writeAll(descriptor: number, bytes: Buffer): void {
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // `ngxlint | head`: nobody wants the rest.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      pause()
    }
  }
}

function readAll(descriptor: number): string {
  const chunks: Buffer[] = []
  const chunk = Buffer.allocUnsafe(1 << 16)
  for (;;) {
    try {
      const count = readSync(descriptor, chunk)
      if (count === 0) break
      chunks.push(Buffer.from(chunk.subarray(0, count)))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') break
      if (code !== 'EAGAIN') throw error
      pause()
    }
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** A pipe that some other process set non-blocking is full, or empty: give that process a moment. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
}
