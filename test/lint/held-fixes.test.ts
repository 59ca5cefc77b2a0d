/** Fixes that are not made, since the syntax comes first, and so are not promised. */
import { expect, test } from '@jest/globals'
import { runIn } from '../cli/run-in.ts'

const SOCKET = 'server {\n    location /ws { proxy_pass http://a:1; }\n}\n'
const QUOTE = 'server { add_header A "b; }\n'
const MAIN = 'events {}\nhttp {\n    include *.part;\n}\n'

async function promised(files: Record<string, string>, name: string): Promise<string> {
  const outcome = await runIn(files, [name, '-f', 'json'])
  const fixes = JSON.parse(outcome.out).problems.map((problem: { ruleId: string; fix: string | null }) =>
    problem.fix === 'safe' ? problem.ruleId : '-',
  )
  return [...new Set<string>(fixes)].sort().join(' ')
}

const WEBSOCKET = 'websocket/connection-header websocket/http-version websocket/upgrade-header'

test.each<[string, Record<string, string>, string, string]>([
  ['nothing is wrong with the syntax', { a: SOCKET }, 'a', `- ${WEBSOCKET}`],
  ['--fix mends it', { a: SOCKET.replace(':1;', ':1') }, 'a', `- syntax ${WEBSOCKET}`],
  ['a person has to', { a: SOCKET + QUOTE }, 'a', '-'],
  ['in another file', { 'nginx.conf': MAIN, 'a.part': SOCKET, 'b.part': QUOTE }, 'nginx.conf', '-'],
  ['in a file that is not named', { 'nginx.conf': MAIN, 'a.part': SOCKET, 'b.part': QUOTE }, 'a.part', '-'],
])('%s', async (_, files, name, expected) => {
  expect(await promised(files, name)).toBe(expected)
  const { out } = await runIn(files, [name, '--diff'])
  expect(out !== '').toBe(expected !== '-')
})

test('the summary says what the fixes wait for', async () => {
  const { out } = await runIn({ a: SOCKET + QUOTE, b: SOCKET }, ['a', 'b', '--quiet'])
  expect(out.replaceAll(/\s+/g, ' ')).toMatch(
    /errors in 2 files; 3 can be fixed with --fix; 1 more with --unsafe-fixes; --fix waits where the syntax is wrong $/,
  )
})
