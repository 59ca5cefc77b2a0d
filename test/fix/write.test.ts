import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileChange } from '../../src/fix/fix-configuration.ts'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { WriteError, writeChanges } from '../../src/fix/write-node.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ngxlint-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const change = (name: string, oldText: string, newText: string): FileChange => {
  const path = join(folder, name)
  return { path, realPath: path, oldText, newText, history: new OffsetHistory() }
}
const put = (name: string, text: string) => writeFileSync(join(folder, name), text, 'latin1')
const read = (name: string) => readFileSync(join(folder, name), 'latin1')

test('writes all bytes, keeps the mode, and leaves nothing beside', () => {
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')
  put('a', 'old')
  chmodSync(join(folder, 'a'), 0o640)
  put('b', 'other')
  writeChanges([change('a', 'old', bytes), change('b', 'other', '')])
  expect([read('a'), read('b')]).toEqual([bytes, ''])
  expect(statSync(join(folder, 'a')).mode & 0o7777).toBe(0o640)
  expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
})

test('a link stays a link', () => {
  mkdirSync(join(folder, 'available'))
  put('available/site', 'old')
  symlinkSync('available/site', join(folder, 'enabled'))
  writeChanges([{ ...change('enabled', 'old', 'new'), realPath: join(folder, 'available/site') }])
  expect(readlinkSync(join(folder, 'enabled'))).toBe('available/site')
  expect(lstatSync(join(folder, 'available/site')).isFile()).toBe(true)
  expect(read('enabled')).toBe('new')
})

test('a file that has changed since is not written, nor is any other', () => {
  put('a', 'old')
  put('b', 'somebody was here')
  expect(() => writeChanges([change('a', 'old', 'new'), change('b', 'old', 'new')])).toThrow(
    new WriteError(`${join(folder, 'b')} has changed since it was read; nothing was written: run ngxlint again`),
  )
  expect([read('a'), read('b')]).toEqual(['old', 'somebody was here'])
  expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
})

test('where one can not be written, none is', () => {
  put('a', 'old')
  expect(() => writeChanges([change('a', 'old', 'new'), change('gone/b', '', 'new')])).toThrow(/nothing was written/)
  expect(read('a')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a'])
})

test('where one can not be put in place, the others get their old text back', () => {
  put('a', 'old')
  put('b', '')
  // A rename onto a folder fails; what is read of "b" is a file until then.
  const stubborn = change('b', '', 'new')
  let asked = 0
  const b = {
    ...stubborn,
    get realPath() {
      // The last time, when it is to be renamed.
      if (++asked === 4) {
        rmSync(join(folder, 'b'))
        mkdirSync(join(folder, 'b'))
        writeFileSync(join(folder, 'b', 'x'), '')
      }
      return stubborn.realPath
    },
  }
  expect(() => writeChanges([change('a', 'old', 'new'), b])).toThrow(/can't write the fixes: .*; nothing was written/)
  expect(read('a')).toBe('old')
  expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
})
