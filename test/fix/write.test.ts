import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { FileChange } from '../../src/fix/fix-configuration.ts'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { PinnedFolder } from '../../src/fix/write/pinned-folder.ts'
import { recover } from '../../src/fix/write/recover.ts'
import { type WriteOptions, writeChanges } from '../../src/fix/write/write-changes.ts'
import { WriteError } from '../../src/fix/write/write-error.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ngxlint-write-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const change = (name: string, oldText = 'old', newText = 'new'): FileChange => {
  const path = join(folder, name)
  return { path, realPath: path, oldText, newText, history: new OffsetHistory() }
}
const put = (name: string, text = 'old') => writeFileSync(join(folder, name), text, 'latin1')
const read = (name: string) => readFileSync(join(folder, name), 'latin1')
const write = (changes: readonly FileChange[], options: Partial<WriteOptions> = {}) =>
  writeChanges(changes, { journalFolder: folder, ...options })

describe('what a file keeps', () => {
  test('all bytes are written, the mode stays, and nothing is left beside', () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')
    put('a')
    chmodSync(join(folder, 'a'), 0o640)
    put('b', 'other')
    write([change('a', 'old', bytes), change('b', 'other', '')])
    expect([read('a'), read('b')]).toEqual([bytes, ''])
    expect(statSync(join(folder, 'a')).mode & 0o7777).toBe(0o640)
    expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
  })

  test('a link stays a link', () => {
    mkdirSync(join(folder, 'available'))
    put('available/site')
    symlinkSync('available/site', join(folder, 'enabled'))
    write([{ ...change('enabled'), realPath: join(folder, 'available/site') }])
    expect(readlinkSync(join(folder, 'enabled'))).toBe('available/site')
    expect(lstatSync(join(folder, 'available/site')).isFile()).toBe(true)
    expect(read('enabled')).toBe('new')
  })

  test('owner, group and set-user bits stay; the time is that of the new text', () => {
    put('a')
    const path = join(folder, 'a')
    if (isRoot) chownSync(path, 1234, 4321)
    chmodSync(path, 0o4750)
    const before = statSync(path)
    write([change('a')])
    const { uid, gid, mode, mtimeMs } = statSync(path)
    expect({ uid, gid, mode }).toEqual({ uid: before.uid, gid: before.gid, mode: before.mode })
    expect(mtimeMs).toBeGreaterThan(before.mtimeMs)
  })

  test('a name of 255 bytes', () => {
    const name = 'x'.repeat(255)
    put(name)
    write([change(name)])
    expect(read(name)).toBe('new')
  })

  test('old text comes back as the same file', () => {
    put('a')
    const { ino } = statSync(join(folder, 'a'))
    expect(() => write([change('a')], { afterStep: failAt(`replaced ${join(folder, 'a')}`) })).toThrow('as tests do')
    expect([read('a'), statSync(join(folder, 'a')).ino]).toEqual(['old', ino])
  })
})

describe('what is refused, with nothing written', () => {
  const refuses = (changes: readonly FileChange[], message: string | RegExp, options?: Partial<WriteOptions>) => {
    const names = readdirSync(folder).sort()
    expect(() => write(changes, options)).toThrow(message)
    expect(readdirSync(folder).sort()).toEqual(names)
  }

  test('a file that has changed since, and all others with it', () => {
    put('a')
    put('b', 'somebody was here')
    const path = join(folder, 'b')
    refuses([change('a'), change('b')], `${path} has changed since it was read; nothing was written: run ngxlint again`)
    expect([read('a'), read('b')]).toEqual(['old', 'somebody was here'])
  })

  test('a file that is gone, a link in its place, a folder in its place', () => {
    put('a')
    refuses([change('a'), change('gone')], 'has changed since')
    symlinkSync('a', join(folder, 'link'))
    refuses([change('link')], 'has changed since')
    mkdirSync(join(folder, 'folder'))
    refuses([change('folder', '')], 'has changed since')
    refuses([change('gone/b', '')], /can't open the folder/)
  })

  test('a read-only file, a read-only folder', () => {
    put('a')
    chmodSync(join(folder, 'a'), 0o444)
    refuses([change('a')], /a is read-only \(mode 444\); nothing was written/)
    mkdirSync(join(folder, 'f'))
    put('f/a')
    chmodSync(join(folder, 'f'), 0o555)
    refuses([change('f/a')], /the folder of .*a is read-only \(mode 555\); nothing was written/)
    chmodSync(join(folder, 'f'), 0o755)
  })

  test('a file with several names, unless that is allowed', () => {
    put('a')
    linkSync(join(folder, 'a'), join(folder, 'b'))
    refuses([change('a')], /a has 2 names \(hard links\).*--allow-hardlinks/)
    write([change('a')], { allowsHardLinks: true })
    expect([read('a'), read('b')]).toEqual(['new', 'old'])
  })

  test('a folder that was replaced by a link, or lies behind one', () => {
    mkdirSync(join(folder, 'real'))
    put('real/a')
    symlinkSync('real', join(folder, 'f'))
    refuses([change('f/a')], /f is no folder any more, or a link to one/)
    mkdirSync(join(folder, 'real/deep'))
    put('real/deep/a')
    refuses([change('f/deep/a')], /leads through a link/)
    expect([read('real/a'), read('real/deep/a')]).toEqual(['old', 'old'])
  })

  test('no room for the originals', () => {
    put('a')
    put('backup', 'a file, not a folder')
    refuses([change('a')], /can't keep the originals in .*; nothing was written/, {
      backupFolder: join(folder, 'backup/x'),
    })
    expect(read('a')).toBe('old')
  })
})

const failAt = (step: string) => (done: string) => {
  if (done === step) throw new Error('as tests do')
}

/** The steps of a run on two files, by trying. */
function stepsOf(work: (afterStep: (step: string) => void) => void): string[] {
  const steps: string[] = []
  work((step) => steps.push(step))
  return steps
}

describe('two files', () => {
  beforeEach(() => {
    put('a')
    mkdirSync(join(folder, 'f'))
    put('f/b')
  })
  const both = () => [change('a'), change('f/b')]
  const texts = () => [read('a'), read('f/b')]
  const reset = () => {
    for (const name of ['a', 'f/b']) put(name)
  }

  test('an error after any step leaves both old, or both new; the next start clears up', async () => {
    const steps = stepsOf((afterStep) => write(both(), { afterStep }))
    expect(steps.length).toBeGreaterThan(8)
    for (const step of steps) {
      reset()
      const outcome = () => write(both(), { afterStep: failAt(step) })
      // Once the journal is done, errors are for the next run.
      const isDone = steps.indexOf(step) >= steps.indexOf('marked the journal as done')
      if (isDone) {
        try {
          outcome()
        } catch {}
      } else expect(outcome).toThrow('as tests do')
      expect([step, texts()]).toEqual([step, isDone ? ['new', 'new'] : ['old', 'old']])
      const pinned = new PinnedFolder(folder)
      await recover(
        pinned,
        () => true,
        () => {},
      )
      pinned.close()
      expect([step, texts()]).toEqual([step, isDone ? ['new', 'new'] : ['old', 'old']])
      expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['a', 'f', 'f/b'])
    }
  })

  test.each(['staged', 'kept', 'replaced'])('one that somebody writes to, when the first is %s, keeps that', (when) => {
    const afterStep = (step: string) => {
      if (step === `${when} ${join(folder, 'a')}`) put('f/b', 'mine')
    }
    expect(() => write(both(), { afterStep })).toThrow('has changed since it was read; nothing was written')
    expect(texts()).toEqual(['old', 'mine'])
  })

  test.each(['staged', 'kept', 'replaced'])('one that somebody replaces, when the first is %s, stays', (when) => {
    const afterStep = (step: string) => {
      if (step !== `${when} ${join(folder, 'a')}`) return
      put('mine', 'mine')
      renameSync(join(folder, 'mine'), join(folder, 'f/b'))
    }
    expect(() => write(both(), { afterStep })).toThrow('has changed since it was read; nothing was written')
    expect(texts()).toEqual(['old', 'mine'])
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['a', 'f', 'f/b'])
  })

  test('the old file, written to by who had it open, comes back with that', () => {
    const old = join(folder, 'kept-open')
    linkSync(join(folder, 'f/b'), old)
    const afterStep = (step: string) => {
      if (step === `replaced ${join(folder, 'f/b')}`) writeFileSync(old, 'mine')
    }
    expect(() => write(both(), { afterStep, allowsHardLinks: true })).toThrow('has changed since it was read')
    expect(texts()).toEqual(['old', 'mine'])
  })

  test.each(['wrote the journal', 'kept', 'replaced'])('a folder that is replaced by a link when it %s', (when) => {
    mkdirSync(join(folder, 'elsewhere'))
    put('elsewhere/b')
    const afterStep = (step: string) => {
      if (step !== when && step !== `${when} ${join(folder, 'a')}`) return
      renameSync(join(folder, 'f'), join(folder, 'moved'))
      symlinkSync('elsewhere', join(folder, 'f'))
    }
    expect(() => write(both(), { afterStep })).toThrow('is no longer the folder that it was; nothing was written')
    expect([read('a'), read('moved/b'), read('elsewhere/b')]).toEqual(['old', 'old', 'old'])
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      'a',
      'elsewhere',
      'elsewhere/b',
      'f',
      'f/b',
      'moved',
      'moved/b',
    ])
  })
})

describe('recovery', () => {
  const recoverHere = async (mayWrite = (_path: string) => true) => {
    const pinned = new PinnedFolder(folder)
    try {
      return await recover(pinned, mayWrite, () => {})
    } finally {
      pinned.close()
    }
  }
  /** A run that ends like one that is killed: nothing of it is undone. */
  const interrupt = (changes: readonly FileChange[], last: string) => {
    let isOver = false
    const frozen = new Map<string, string>()
    const save = () => {
      for (const name of readdirSync(folder)) frozen.set(name, read(name))
    }
    const afterStep = (step: string) => {
      if (isOver || step !== last) return
      isOver = true
      save()
      throw new Error('as if killed')
    }
    expect(() => write(changes, { afterStep })).toThrow(/as if killed/)
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    for (const [name, text] of frozen) put(name, text)
  }

  test('what somebody has changed since stays, and its old text is told', async () => {
    put('a')
    put('b')
    interrupt([change('a'), change('b')], `replaced ${join(folder, 'b')}`)
    put('b', 'mine')
    const recovery = await recoverHere()
    expect(recovery).toMatchObject({
      restored: [join(folder, 'a')],
      changed: [{ path: join(folder, 'b'), copy: expect.any(String) }],
    })
    expect([read('a'), read('b')]).toEqual(['old', 'mine'])
    expect(readFileSync(recovery!.changed[0]!.copy, 'latin1')).toBe('old')
    expect(await recoverHere()).toBeUndefined()
  })

  test('a file outside of what may be written is not restored, nor is any other', async () => {
    put('a')
    put('b')
    interrupt([change('a'), change('b')], `replaced ${join(folder, 'b')}`)
    await expect(recoverHere((path) => path.endsWith('a'))).rejects.toThrow(/also wrote .*b, which this one may not/)
    expect([read('a'), read('b')]).toEqual(['new', 'new'])
  })

  test.each<[string, string]>([
    ['no JSON', 'x'],
    ['another version', '{"version":2}'],
    ['a path that leads out', journal({ path: '/etc/nginx/../passwd' })],
    ['a relative path', journal({ path: 'a' })],
    ['an id that leads out', journal({}, '../../../etc/pass')],
    ['no hashes', journal({ oldHash: 'x' })],
  ])('a journal that may have come with a pull request: %s', async (_, text) => {
    put('.ngxlint-journal', text)
    await expect(recoverHere()).rejects.toThrow(WriteError)
    expect(readdirSync(folder)).toEqual(['.ngxlint-journal'])
  })

  test('one that is a link, or a folder, is none', async () => {
    put('x', journal({}))
    symlinkSync('x', join(folder, '.ngxlint-journal'))
    mkdirSync(join(folder, '.ngxlint-journal-done'))
    expect(await recoverHere()).toBeUndefined()
  })

  function journal(entry: object, id = '0123456789abcdef'): string {
    const hash = '0'.repeat(64)
    return JSON.stringify({ version: 1, id, files: [{ path: '/x', oldHash: hash, newHash: hash, ...entry }] })
  }
})

test('the originals are kept by their whole paths, for their owner only', () => {
  put('a', 'old \xff')
  chmodSync(join(folder, 'a'), 0o640)
  const backupFolder = join(folder, 'backup/now')
  write([change('a', 'old \xff', 'new')], { backupFolder })
  const copy = join(backupFolder, folder, 'a')
  expect(readFileSync(copy, 'latin1')).toBe('old \xff')
  expect(statSync(copy).mode & 0o777).toBe(0o640)
  expect(statSync(backupFolder).mode & 0o777).toBe(0o700)
  expect(read('a')).toBe('new')
})
