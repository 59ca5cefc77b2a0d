import { expect, test } from '@jest/globals'
import { inventoryOf, keyOfLines, loadConfiguration, memoryFiles } from '../../src/config/index.ts'

const TEXT = `events {}
http {
  map $a $b { default 1; location 2; }
  server { listen 80; add_header X 1; add_header X 1; location / { add_header X 1; add_header  X 1; } }
  server { listen 80; listen 81; }
}
`

const configuration = loadConfiguration('/n.conf', memoryFiles({ '/n.conf': TEXT }))
if ('failure' in configuration) throw new Error(configuration.failure)
const { groups, rows } = inventoryOf(configuration)

function group(name: string, place: string) {
  const found = groups.find((one) => one.name === name && one.place === place)
  if (!found) throw new Error(`no ${name} in ${place}`)
  return found
}

test('directives are sorted by name and context; rows of maps have no place', () => {
  expect(group('listen', 'server').directives.map(({ values }) => values.join())).toEqual(['80', '80', '81'])
  expect(group('add_header', 'location').directives).toHaveLength(2)
  expect(rows.map(({ name }) => name)).toEqual(['default', 'location'])
})

test('what stands behind another one in its block is known', () => {
  expect(group('listen', 'server').repeats.map(({ values }) => values.join())).toEqual(['81'])
  expect(group('add_header', 'server').repeats).toHaveLength(1)
  expect(group('server', 'http').repeats).toHaveLength(1)
})

test('those that are written alike are judged once, and all of them get the verdict', () => {
  const asked: string[] = []
  const judged = [
    ...group('listen', 'server').judged((directive) => {
      asked.push(directive.values.join())
      return directive.argument(0) === '80' ? 'low' : undefined
    }),
  ]
  expect(asked).toEqual(['80', '81'])
  expect(judged.map(([directive, verdict]) => `${directive.values.join()} ${verdict}`)).toEqual(['80 low', '80 low'])
})

test('lists have the same key where they are written alike, one by one', () => {
  const { directives } = group('add_header', 'server')
  const nested = group('add_header', 'location').directives
  expect(keyOfLines(directives.slice(0, 1))).toBe(keyOfLines(nested.slice(0, 1)))
  expect(keyOfLines(directives)).not.toBe(keyOfLines(directives.slice(0, 1)))
  // A second blank is another wording; what it means is judged once more.
  expect(keyOfLines(directives)).not.toBe(keyOfLines(nested))
})
