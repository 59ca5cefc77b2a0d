/** Access lists and extended attributes, where the tools are here to set and to see them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { writeChanges } from '../../src/fix/write/write-changes.ts'

const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' })

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ngxlint-attributes-')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function works(...tools: string[]): boolean {
  const isHere = tools.every((tool) => run(tool, '--version').status === 0)
  if (!isHere)
    process.stderr.write(`\nSKIPPED a test of attributes. Missing: ${tools.join(', ')} (apt-get install acl attr)\n`)
  return isHere
}

function rewrite(name: string): { readonly keptAttributes: boolean } {
  const path = join(folder, name)
  const kept = writeChanges([{ path, realPath: path, oldText: 'old', newText: 'new', history: new OffsetHistory() }], {
    journalFolder: folder,
  })
  expect(readFileSync(path, 'latin1')).toBe('new')
  return kept
}

function make(name: string): string {
  writeFileSync(join(folder, name), 'old')
  return join(folder, name)
}

const hasAcl = works('setfacl', 'getfacl')
const hasXattr = works('setfattr', 'getfattr')

describe('new files keep', () => {
  ;(hasAcl ? test : test.skip)('the access list', () => {
    const path = make('acl')
    expect(run('setfacl', '-m', 'u:1234:r,g:4321:rw', path)).toMatchObject({ status: 0 })
    const before = run('getfacl', '-n', path).stdout
    expect(before).toContain('user:1234:r--')
    expect(rewrite('acl')).toEqual({ keptAttributes: true })
    expect(run('getfacl', '-n', path).stdout).toBe(before)
  })
  ;(hasAcl ? test : test.skip)('no access list, where the folder would give them one', () => {
    const path = make('plain')
    expect(run('setfacl', '-d', '-m', 'u:1234:rw', folder)).toMatchObject({ status: 0 })
    const before = run('getfacl', '-n', path).stdout
    rewrite('plain')
    expect(run('getfacl', '-n', path).stdout).toBe(before)
    run('setfacl', '-k', folder)
  })
  ;(hasXattr ? test : test.skip)('extended attributes', () => {
    const path = make('xattr')
    expect(run('setfattr', '-n', 'user.origin', '-v', 'puppet', path)).toMatchObject({ status: 0 })
    const before = run('getfattr', '-d', '-m', '-', path).stdout
    expect(before).toContain('user.origin="puppet"')
    expect(rewrite('xattr')).toEqual({ keptAttributes: true })
    expect(run('getfattr', '-d', '-m', '-', path).stdout).toBe(before)
  })

  test('mode and owner without a cp of GNU, and say so', () => {
    const path = make('bare')
    const { PATH } = process.env
    process.env.PATH = folder
    try {
      expect(rewrite('bare')).toEqual({ keptAttributes: false })
    } finally {
      process.env.PATH = PATH
    }
    expect(readFileSync(path, 'latin1')).toBe('new')
  })
})
