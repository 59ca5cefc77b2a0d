/** File systems of a size, or without a right to write: for root on Linux, and not in every container. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { getWorkspace } from './workspace.ts'

export interface Mount {
  readonly dir: string
  run(...options: readonly string[]): void
  end(): void
}

export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const mount = tryMount('size=64k')
  mount?.end()
  return mount !== undefined
}

/** A file system in memory. */
export function mountTmpfs(options: string): Mount {
  const mount = tryMount(options)
  if (!mount) throw new Error(`can't mount a tmpfs with ${options}`)
  return mount
}

function tryMount(options: string): Mount | undefined {
  const dir = mkdtempSync(join(getWorkspace().dir, 'm-'))
  const mount = (...args: string[]) => spawnSync('mount', [...args, dir], { encoding: 'utf8' })
  if (mount('-t', 'tmpfs', '-o', options, 'ngxlint-test').status !== 0) {
    rmSync(dir, { recursive: true })
    return undefined
  }
  return {
    dir,
    run: (...options) => {
      const { status, stderr } = mount('-o', ['remount', ...options].join(','))
      if (status !== 0) throw new Error(stderr)
    },
    end: () => {
      spawnSync('umount', ['--lazy', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
