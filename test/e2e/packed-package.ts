/** The package as `npm pack` makes it, installed in an empty folder as npm installs it. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newFolder } from './workspace.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface LockedPackage {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dev?: boolean
  readonly optional?: boolean
}

/** What npm's scripts tell their children would turn a nested npm to this package. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const ofScripts = /^(?:npm_(?:lifecycle|package|command|config_local_prefix)|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofScripts.test(name)))
}

/** Runs a program, and gives what it prints to standard output. Throws where it fails. */
export function runIn(folder: string, command: string, ...args: readonly string[]): string {
  const env = { ...cleanEnvironment(), NO_COLOR: '1' }
  const options = { cwd: folder, env, timeout: 120_000, encoding: 'utf8', maxBuffer: 1e8 } as const
  const { status, stdout, stderr } = spawnSync(command, args, options)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
  return stdout
}

export interface Packed {
  readonly tarball: string
  readonly files: readonly string[]
  readonly unpackedSize: number
}

/** Packs what is built. */
export function pack(folder: string): Packed {
  // Without scripts: prepack would build again, while other tests run what is built.
  const json = runIn(ROOT, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const parsed = JSON.parse(json)
  const [packed] = Array.isArray(parsed) ? parsed : Object.values(parsed)
  const { filename, files, unpackedSize } = packed
  return {
    tarball: join(folder, filename),
    files: files.map(({ path }: { path: string }) => path).sort(),
    unpackedSize,
  }
}

/** A new folder in which the package is installed. */
export function installPacked(): { readonly folder: string; readonly packed: Packed } {
  const folder = newFolder()
  const packed = pack(folder)
  const file = `file:${packed.tarball}`
  const integrity = `sha512-${createHash('sha512').update(readFileSync(packed.tarball)).digest('base64')}`
  const locked: Record<string, LockedPackage> = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  ).packages
  const runtime = Object.entries(locked).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
  const { version, dependencies, bin } = locked[''] as LockedPackage
  const dependent = { private: true, type: 'module', dependencies: { ngxlint: file } }
  // With the versions of our own lock npm takes them from its cache, where "npm ci" has put them, and asks nobody.
  const packages = {
    '': dependent,
    ...Object.fromEntries(runtime),
    'node_modules/ngxlint': { version, resolved: file, integrity, dependencies, bin },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(dependent))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }))
  runIn(folder, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')
  return { folder, packed }
}
