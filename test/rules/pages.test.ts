/** What every rule must have: its page, its table of examples, and a place in the index. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { fixWith, lintFiles } from './lint-files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const names = readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
const idsOf = (ending: string) =>
  names
    .filter((name) => name.endsWith(ending) && name !== 'index.ts')
    .map((name) => name.slice(0, -ending.length))
    .sort()

test('the index lists every rule', () => {
  expect(rules.map(({ id }) => id)).toEqual(idsOf('.ts'))
})

test('every page belongs to a rule', () => {
  expect(idsOf('.md')).toEqual(idsOf('.ts'))
})

describe.each(rules)('$id', (registered) => {
  const { id, rule } = registered
  // A comment is unused where no other rule has anything to say.
  const alone = id === 'unused-suppression' ? rules : [registered]
  const path = join(root, `rules/${id}.md`)
  const page = existsSync(path) ? readFileSync(path, 'utf8') : ''

  test('has a table of examples', () => {
    expect(existsSync(join(root, `test/rules/${id}.test.ts`))).toBe(true)
  })

  test('its page begins with its name and its summary', () => {
    expect(page.split('\n\n', 2)).toEqual([`# ${id}`, `${rule.summary}.`])
  })

  test("its page gives reasons, with a link to nginx's own words, and says what to do about it", () => {
    expect(page).toContain(`](${rule.see})`)
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    expect(headings[0]).toBe('Why')
    expect(headings).toContain(rule.fix ? 'What the fix changes' : 'When to live with it')
  })

  test('the bad example is caught', () => {
    const problems = lintFiles(exampleOf(page, 'bad'), alone, versionOf(page, 'bad'))
    expect(problems.map(({ ruleId }) => ruleId)).toContain(id)
  })

  test('the good example is silent for every rule', () => {
    const problems = lintFiles(exampleOf(page, 'good'), rules, versionOf(page, 'good'))
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([])
  })

  if (rule.fix) {
    test('the bad example becomes the good one', () => {
      expect(fixWith(alone, exampleOf(page, 'bad'), versionOf(page, 'bad'))).toEqual(exampleOf(page, 'good'))
    })
  }
})

/** The configuration of a fenced block that is marked `nginx bad` or `nginx good`. */
function exampleOf(page: string, mark: string): Record<string, string> {
  return { 'nginx.conf': blockOf(page, mark).text }
}

/** The version that a fenced block is for, where it is marked with one: `nginx bad 1.22.1`. */
function versionOf(page: string, mark: string): string | undefined {
  return blockOf(page, mark).version
}

function blockOf(page: string, mark: string): { text: string; version: string | undefined } {
  const blocks = [...page.matchAll(/^```nginx (\w+)(?: (\S+))?\n(.*?)^```$/gms)].filter(([, found]) => found === mark)
  if (blocks.length !== 1) throw new Error(`${blocks.length} blocks are marked "nginx ${mark}": there must be one`)
  return { text: blocks[0]?.[3] as string, version: blocks[0]?.[2] }
}
