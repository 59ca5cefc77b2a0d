/** Patches that git and patch take. Those two are asked themselves. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unifiedDiff } from '../../src/fix/diff.ts'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { applyEdits, type Edit } from '../../src/syntax/index.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index};`)
const long = (replacement: Record<number, string> = {}) =>
  `${LINES.map((line, index) => replacement[index] ?? line).join('\n')}\n`

const CASES: Readonly<Record<string, { name?: string; old: string; new: string }>> = {
  'a changed line': { old: 'a;\nb;\nc;\n', new: 'a;\nB;\nc;\n' },
  'two places far apart': { old: long(), new: long({ 2: 'x;\ny;', 35: 'z;' }) },
  'no last line end': { old: 'a;\nb;', new: 'a;\nb;\nc;' },
  'a last line end that comes': { old: 'a;\nb;', new: 'a;\nb;\n' },
  CRLF: { old: 'a;\r\nb;\r\n', new: 'a;\r\nx;\r\nb;\r\n' },
  'mixed line ends': { old: 'a;\nb;\r\nc;\n', new: 'a;\nb;\r\nc;\r\n' },
  'bytes that are no UTF-8': { old: 'a \xff\xfe;\nb;\n', new: 'a \xff\xfe;\nc \xe9;\n' },
  'from nothing': { old: '', new: 'a;\n' },
  'to nothing': { old: 'a;\n', new: '' },
  'a long line': { old: `${'location / {}'.repeat(1000)}`, new: `${'location / {}'.repeat(999)}x` },
  'lines that look like a patch': { old: '--- a\n+++ b\n@@ -1 +1 @@\n', new: '--- a\n+++ c\n@@ -1 +1 @@\n' },
  'a folder': { name: 'etc/nginx/nginx.conf', old: 'a;\n', new: 'b;\n' },
  'a name with spaces': { name: 'my sites/my site.conf', old: 'a;\n', new: 'b;\n' },
  'a name with quotes and a tab': { name: 'a"b\tc\\d', old: 'a;\n', new: 'b;\n' },
  'a name beyond ASCII': { name: 'sítio-聊天.conf', old: 'a;\n', new: 'b;\n' },
}

const TOOLS = {
  'git apply': (folder: string, patch: string) => {
    execFileSync('git', ['apply', '--check', patch], {
      cwd: folder,
      env: { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: tmpdir() },
    })
    execFileSync('git', ['apply', '--whitespace=nowarn', patch], {
      cwd: folder,
      env: { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: tmpdir() },
    })
  },
  'patch -p1': (folder: string, patch: string) => {
    execFileSync('patch', ['-p1', '--binary', '-s', '-i', patch], { cwd: folder })
  },
}

describe.each(Object.entries(TOOLS))('%s takes', (tool, apply) => {
  test.each(Object.entries(CASES))('%s', (_, { name = 'nginx.conf', old, new: fresh }) => {
    const patched = patchedBy(apply, name, old, unifiedDiff(name, old, fresh), fresh === '' && tool === 'patch -p1')
    expect(patched).toBe(fresh)
  })
})

const text = (parts: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((lines) => lines.join(''))
/** Lengths of what is kept and what is replaced, from the start of a text on, and what is put there. */
const edits = fc.array(
  fc.record({
    kept: fc.nat(12),
    removed: fc.nat(9),
    text: text(['x', 'new;\n', '\n', '\r\n', '  y;\n'], 3),
  }),
  { maxLength: 6 },
)

test('git takes the patch of any edits, pass after pass', () => {
  const old = text(['a;\n', 'b;\r\n', '\n', 'location / {\n', '}', '  c d;\n'], 20)
  fc.assert(
    fc.property(old, fc.array(edits, { maxLength: 3 }), (old, passes) => {
      const history = new OffsetHistory()
      let fresh = old
      for (const pass of passes) {
        const edits = editsOf(pass, fresh.length)
        history.push(edits)
        fresh = applyEdits(fresh, edits)
      }
      const patch = unifiedDiff('a', old, fresh, history)
      expect(patch === '' ? old : patchedBy(TOOLS['git apply'], 'a', old, patch, fresh === '')).toBe(fresh)
    }),
    { numRuns: 150 },
  )
})

function editsOf(pass: readonly { kept: number; removed: number; text: string }[], length: number): Edit[] {
  const edits: Edit[] = []
  let at = 0
  for (const { kept, removed, text } of pass) {
    const start = at + kept + 1
    const end = start + removed
    if (end > length) break
    edits.push({ start, end, text })
    at = end
  }
  return edits
}

/** What a file holds when a tool has taken a patch of it. */
function patchedBy(
  apply: (folder: string, patch: string) => void,
  name: string,
  old: string,
  text: string,
  mayBeGone: boolean,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'ngxlint-diff-'))
  try {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), old, 'latin1')
    const patch = join(folder, 'x.patch')
    writeFileSync(patch, text, 'latin1')
    apply(folder, patch)
    return textAt(join(folder, name), mayBeGone)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('nothing for texts that are the same', () => expect(unifiedDiff('a', 'x', 'x')).toBe(''))

test.each([
  ['one edit', [{ start: 10, end: 10, text: 'x;\n' }]],
  ['edits near each other and far apart', [3, 5, 9, 20, 21, 30, 39].map((line) => atLine(line, 'x;\n'))],
  ['edits at both ends', [atLine(0, 'a;\n'), { start: long().length, end: long().length, text: 'z;' }]],
  ['a removal', [{ start: atLine(7, '').start, end: atLine(25, '').start, text: '' }]],
  [
    'lines one behind the other',
    [4, 5, 6, 9].map((line) => ({ ...atLine(line, 'X'), end: atLine(line, '').start + 1 })),
  ],
  ['all lines', LINES.map((_, line) => ({ ...atLine(line, 'X'), end: atLine(line, '').start + 1 }))],
  [
    'lines joined, and the next one changed',
    [
      { start: 6, end: 8, text: ' ' },
      { start: 10, end: 10, text: 'x' },
    ],
  ],
  ['edits within lines', [8, 8 * 20].map((start) => ({ start, end: start + 2, text: '\n' }))],
])('knowing the edits makes the same patch: %s', (_, edits) => {
  const history = new OffsetHistory()
  history.push(edits)
  const [old, fresh] = [long(), applyEdits(long(), edits)]
  expect(unifiedDiff('a', old, fresh, history)).toBe(unifiedDiff('a', old, fresh))
})

function atLine(line: number, text: string): Edit {
  const start = LINES.slice(0, line).join('\n').length + (line > 0 ? 1 : 0)
  return { start, end: start, text }
}

test('a path outside of the current folder loses its first slash', () => {
  expect(unifiedDiff('/etc/nginx/nginx.conf', 'a;\n', 'b;\n')).toMatch(
    /^--- a\/etc\/nginx\/nginx\.conf\n\+\+\+ b\/etc\/nginx/,
  )
})

function textAt(path: string, mayBeGone: boolean): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (mayBeGone) return ''
    throw error
  }
}
