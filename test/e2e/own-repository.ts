/** This repository, as somebody else would get it. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cleanEnvironment, ROOT, runIn } from './packed-package.ts'
import { newFolder } from './workspace.ts'

/** A new folder with what git has of it, changed files as they are now. */
export function copyOfRepository(): string {
  const folder = newFolder()
  const names = runIn(ROOT, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const name of names.filter(isFile)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    copyFileSync(join(ROOT, name), join(folder, name))
  }
  return folder
}

function isFile(name: string): boolean {
  return name !== '' && statSync(join(ROOT, name), { throwIfNoEntry: false })?.isFile() === true
}

/** Such a folder, as a repository with one commit and a tag. */
export function committedCopy(tag: string): string {
  const folder = copyOfRepository()
  const git = (...args: string[]) =>
    runIn(folder, 'git', '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args)
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'x')
  git('tag', tag)
  return folder
}

export function answers(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { timeout: 20_000, env: cleanEnvironment() }).status === 0
}

/** To build it from scratch asks the registry for what it stands on. */
export const canBuild = (): boolean => answers('npm', 'view', 'yargs', 'version')
