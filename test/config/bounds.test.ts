import { expect, jest, test } from '@jest/globals'
import { walkDirectives } from '../../src/config/index.ts'
import { load, type Texts } from './load-tree.ts'

// What nobody writes, and a tool must live through. Each takes some second; without bounds, none would end.
jest.setTimeout(60_000)

function reasons(texts: Texts): (string | undefined)[] {
  return load(texts).unresolved.map(({ unresolved }) => unresolved?.reason)
}

test('snippets that each include two more, 30 levels deep', () => {
  const levels = Array.from({ length: 30 }, (_, level) => [
    `s${level}`,
    `include s${level + 1}; include s${level + 1};`,
  ])
  const texts = { 'nginx.conf': 'http { include s0; }', ...Object.fromEntries(levels), s30: 'gzip on;' }
  expect(new Set(reasons(texts))).toEqual(new Set(['too many includes']))
})

test('10,000 includes of 10,000 includes of 1,000 lines', () => {
  const texts = {
    'nginx.conf': 'include a;'.repeat(10_000),
    a: 'include b;'.repeat(10_000),
    b: 'gzip on;'.repeat(1000),
  }
  const configuration = load(texts)
  expect(configuration.unresolved[0]?.unresolved?.reason).toBe('too many includes')
})

test('a chain of 50,000 files', () => {
  const chain = Array.from({ length: 50_000 }, (_, index) => [`c${index}`, `include c${index + 1};`])
  expect(reasons({ 'nginx.conf': 'http { include c0; }', ...Object.fromEntries(chain) })).toEqual(['too many includes'])
})

test('100,000 files in a folder', () => {
  const sites = Array.from({ length: 100_000 }, (_, index) => [`sites/${index}`, ''])
  const { files, unresolved } = load({ 'nginx.conf': 'http { include sites/*; }', ...Object.fromEntries(sites) })
  expect([files.length, unresolved.length]).toEqual([100_001, 0])
})

test('20,000 nested blocks, each with an include', () => {
  const text = `${'location / { include s; '.repeat(20_000)}${'}'.repeat(20_000)}`
  const { directives } = load({ 'nginx.conf': text, s: 'gzip on;' })
  let count = 0
  for (const _ of walkDirectives(directives)) count++
  expect(count).toBe(60_000)
})

test('folders that lead to themselves', () => {
  const pattern = `${'.*/'.repeat(40)}x`
  expect(reasons({ 'nginx.conf': `http { include ${pattern}; }`, 'a/x': '' })).toEqual(['too many includes'])
})
