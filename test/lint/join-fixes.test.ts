import { expect, test } from '@jest/globals'
import type { ConfigurationFile } from '../../src/config/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { joinFixes } from '../../src/lint/join-fixes.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Fix } from '../../src/lint/problem.ts'

const [file] = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': 'events {}\n' }), []).files as [ConfigurationFile]

function fix(start: number, more: Partial<Fix> = {}): Fix {
  return { safety: 'safe', edits: [{ file, edit: { start, end: start, text: 'x' } }], ...more }
}

test('edits of both are made, equal ones once', () => {
  expect(joinFixes([fix(1), fix(2)])?.edits.map(({ edit }) => edit.start)).toEqual([1, 2])
  expect(joinFixes([fix(1), fix(1)])?.edits).toHaveLength(1)
})

test('of two that want different words in one place neither is made', () => {
  const replacing = (text: string) => fix(0, { edits: [{ file, edit: { start: 0, end: 3, text } }] })
  expect(joinFixes([replacing('x'), replacing('y')])).toBeUndefined()
  expect(joinFixes([replacing('x'), replacing('x')])).toEqual(replacing('x'))
})

test('of many, two that overlap are found with others between them', () => {
  const removing = (start: number, end: number) => fix(0, { edits: [{ file, edit: { start, end, text: '' } }] })
  expect(joinFixes([removing(8, 9), removing(0, 10), fix(0), fix(10)])).toBeUndefined()
  expect(joinFixes([removing(8, 9), removing(0, 8), fix(0), fix(8)])?.edits).toHaveLength(4)
})

test('the less safe of them counts', () => {
  expect(joinFixes([fix(1), fix(2, { safety: 'unsafe' })])?.safety).toBe('unsafe')
  expect(joinFixes([fix(1, { safety: 'unsafe' }), fix(2)])?.safety).toBe('unsafe')
})

test('what both give back is let in by the proof', () => {
  const joined = joinFixes([fix(1, { restores: ['Host "$host"'] }), fix(2, { restores: ['Host "$host"', 'X-A "1"'] })])
  expect(joined?.restores).toEqual(['Host "$host"', 'X-A "1"'])
  expect(joinFixes([fix(1), fix(2)])).not.toHaveProperty('restores')
})
