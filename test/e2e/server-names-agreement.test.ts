/** The names of servers that nginx warns of as ignored are those that servers/duplicate-name tells of. */
import { expect } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, nginxTest } from './nginx.ts'
import { makeTree } from './tree.ts'

const server = (listen: string, names: string) =>
  `server { ${listen === '' ? '' : `listen ${listen};`} ${names === '' ? '' : `server_name ${names};`} }`

/** Two servers each: what they listen on, and their names. */
const PAIRS: readonly (readonly [string, string, string, string])[] = [
  ['8080', 'a', '8080', 'a'],
  ['8080', 'a b', '8080', 'c B'],
  ['8080', 'a', '8081', 'a'],
  ['8080', 'a', '127.0.0.1:8080', 'a'],
  ['*:8080', 'a', '0.0.0.0:8080', 'a'],
  ['[::]:8080', 'a', '8080', 'a'],
  ['8080', '', '8080', ''],
  ['8080', '', '8080', '""'],
  ['8080', '', '8080', 'a'],
  ['8080', '_', '8080', '_'],
  ['8080', '*.a', '8080', '*.a'],
  ['8080', '.a', '8080', '*.a'],
  ['8080', 'a.*', '8080', 'a.*'],
  ['8080', '~^a', '8080', '~^a'],
  ['8080', '.a', '8080', 'b.a'],
]

describeWithNginx('names of servers', (add) => {
  for (const [one, names, other, otherNames] of PAIRS)
    add(`${one} ${names || '-'}, ${other} ${otherNames || '-'}`, async () => {
      const text = mainConf(`${server(one, names)}\n${server(other, otherNames)}`)
      const tree = makeTree({ 'nginx.conf': text })
      const { messages } = await nginxTest(tree.dir)
      tree.remove()
      const warned = messages.flatMap((message) => /^conflicting server name "(.*)" on/.exec(message.text)?.[1] ?? [])
      const { problems } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text }), rules)
      const told = problems.filter(({ ruleId }) => ruleId === 'servers/duplicate-name')
      expect(told).toHaveLength(warned.length)
    })
})
