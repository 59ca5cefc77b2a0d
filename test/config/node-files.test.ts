import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Configuration } from '../../src/config/index.ts'
import { diskFiles } from '../../src/config/node-files.ts'
import { loadFrom } from './load-tree.ts'

const workspace = mkdtempSync(join(realpathSync(tmpdir()), 'ngxlint-files-'))
afterAll(() => rmSync(workspace, { recursive: true, force: true }))

let folder = workspace
beforeEach(() => {
  folder = mkdtempSync(join(workspace, 't-'))
})

type Entry = string | { readonly link: string }

function write(entries: Readonly<Record<string, Entry>>): void {
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (typeof entry === 'string') writeFileSync(path, entry, 'latin1')
    else symlinkSync(entry.link, path)
  }
}

function loadHere(main = 'nginx.conf'): Configuration {
  return loadFrom(diskFiles, join(folder, main))
}

/** `opened path` or `opened path = real path`, in order. */
function opened({ files }: Configuration): string[] {
  return files.map(({ path, realPath }) => (path === realPath ? here(path) : `${here(path)} = ${here(realPath)}`))
}

function troublesHere({ unresolved }: Configuration): string[] {
  return unresolved.map(({ unresolved: why }) => `${here(why?.path ?? '')}: ${why?.reason}`)
}

function here(path: string): string {
  return relative(folder, path)
}

describe('symbolic links', () => {
  const main = 'http { include sites-enabled/*; include sites-available/*; }'

  test.each<[about: string, entries: Readonly<Record<string, Entry>>, files: readonly string[]]>([
    [
      'a relative one: one file, known by its real path',
      { 'sites-enabled/x': { link: '../sites-available/x' } },
      ['nginx.conf', 'sites-enabled/x = sites-available/x'],
    ],
    [
      'to a folder',
      { 'sites-enabled': { link: 'sites-available' } },
      ['nginx.conf', 'sites-enabled/x = sites-available/x'],
    ],
    [
      'a chain of them',
      { 'sites-enabled/x': { link: 'y' }, 'sites-enabled/y': { link: '../sites-available/x' } },
      ['nginx.conf', 'sites-enabled/x = sites-available/x'],
    ],
  ])('%s', (_, entries, files) => {
    write({ 'nginx.conf': main, 'sites-available/x': 'server { }', ...entries })
    const configuration = loadHere()
    expect(opened(configuration)).toEqual(files)
    expect([...configuration.repeated].map(({ realPath }) => here(realPath))).toEqual(['sites-available/x'])
  })

  test('an absolute one', () => {
    write({
      'nginx.conf': main,
      'sites-available/x': '',
      'sites-enabled/x': { link: join(folder, 'sites-available/x') },
    })
    expect(opened(loadHere())).toEqual(['nginx.conf', 'sites-enabled/x = sites-available/x'])
  })

  test('includes start at the folder by which the main file was named, as in nginx', () => {
    write({ 'real/nginx.conf': 'http { include a; }', 'real/a': '', a: '', 'nginx.conf': { link: 'real/nginx.conf' } })
    expect(opened(loadHere())).toEqual(['nginx.conf = real/nginx.conf', 'a'])
  })

  test('one that leads nowhere, one to itself, one to a file that includes it', () => {
    write({
      'nginx.conf': 'http { include c/*; }',
      'c/nowhere': { link: 'gone' },
      'c/self': { link: 'self' },
      'c/up': { link: '../nginx.conf' },
      'c/z': '',
    })
    const configuration = loadHere()
    expect(opened(configuration)).toEqual(['nginx.conf', 'c/z'])
    // An include tells of its first trouble.
    expect(troublesHere(configuration)).toEqual(['c/nowhere: missing'])
    write({ 'a.conf': 'http { include c/self; include c/again; }', 'c/again': { link: '../a.conf' } })
    expect(troublesHere(loadHere('a.conf'))).toEqual(['c/self: missing', 'c/again: cycle'])
  })
})

describe('a file can not be read', () => {
  test('missing, a folder, a device, a file as a folder', () => {
    write({ 'c/x': '' })
    expect(diskFiles.read(join(folder, 'gone'))).toEqual({ failure: 'missing' })
    expect(diskFiles.read(join(folder, 'c/x/y'))).toEqual({ failure: 'missing' })
    expect(diskFiles.read(join(folder, 'c'))).toEqual({ failure: 'not a file' })
    expect(diskFiles.read('/dev/null')).toEqual({ failure: 'not a file' })
    expect(diskFiles.read('a\0b')).toEqual({ failure: 'unreadable' })
  })

  test('a fifo, without waiting for its writer', () => {
    const fifo = join(folder, 'fifo')
    if (spawnSync('mkfifo', [fifo]).status !== 0) return
    expect(diskFiles.read(fifo)).toEqual({ failure: 'not a file' })
  })

  test('no permission', () => {
    write({ secret: 'x' })
    chmodSync(join(folder, 'secret'), 0)
    const failure = process.getuid?.() === 0 ? { text: 'x' } : { failure: 'unreadable' }
    expect(diskFiles.read(join(folder, 'secret'))).toEqual(failure)
  })

  test('too large, alone or together', () => {
    write({ big: '', 'nginx.conf': 'http { include h*; }', h1: '', h2: '', h3: '', 'h4.conf': 'gzip on;' })
    truncateSync(join(folder, 'big'), 257 * 1024 * 1024)
    expect(diskFiles.read(join(folder, 'big'))).toEqual({ failure: 'too large' })
    const files = {
      ...diskFiles,
      read: (path: string) => (/h\d$/.test(path) ? { text: ' '.repeat(100 * 1024 * 1024) } : diskFiles.read(path)),
    }
    const configuration = loadFrom(files, join(folder, 'nginx.conf'))
    expect(troublesHere(configuration)).toEqual(['h3: too large'])
    // What is not taken leaves room for what comes after it.
    expect(configuration.files.at(-1)?.path).toBe(join(folder, 'h4.conf'))
  })
})

describe('a folder', () => {
  test('has its names in byte order', () => {
    write({ 'c/b': '', 'c/B': '', 'c/.x': '', 'c/ä': '', 'c/a-': '', 'c/a': '' })
    expect(diskFiles.list(join(folder, 'c'))).toEqual(['.x', 'B', 'a', 'a-', 'b', 'ä'])
  })

  test('that is none has no names', () => {
    write({ x: '' })
    expect(diskFiles.list(join(folder, 'gone'))).toEqual([])
    expect(diskFiles.list(join(folder, 'x'))).toEqual([])
    expect([
      diskFiles.isFolder(folder),
      diskFiles.isFolder(join(folder, 'x')),
      diskFiles.isFolder(join(folder, 'y')),
    ]).toEqual([true, false, false])
  })
})

test('every byte of a file is one char', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  writeFileSync(join(folder, 'x'), bytes)
  expect(diskFiles.read(join(folder, 'x'))).toEqual({ text: bytes.toString('latin1') })
})

test('a fragment named from its own folder finds the folders above', () => {
  write({ 'conf.d/site': 'server { include snippets/ws; }', 'snippets/ws': '' })
  const cwd = process.cwd()
  process.chdir(join(folder, 'conf.d'))
  try {
    expect(loadFrom(diskFiles, 'site').files.map(({ path }) => path)).toEqual(['site', join(folder, 'snippets/ws')])
  } finally {
    process.chdir(cwd)
  }
})
