/** The one temporary folder of this test process. Everything else lies in it, and its reaper removes it. */
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Reaper, startReaper } from './reaper.ts'

export interface Workspace {
  readonly dir: string
  readonly reaper: Reaper
}

let workspace: Workspace | undefined

export function getWorkspace(): Workspace {
  if (!workspace) {
    const dir = makeFolder(join(realpathSync(tmpdir()), 'ngxlint-e2e-'))
    workspace = { dir, reaper: startReaper(dir) }
  }
  return workspace
}

/** A new folder in the workspace. */
export function newFolder(): string {
  return makeFolder(join(getWorkspace().dir, 't-'))
}

function makeFolder(prefix: string): string {
  const dir = mkdtempSync(prefix)
  // An nginx that was started by root may read as another user.
  chmodSync(dir, 0o755)
  return dir
}
