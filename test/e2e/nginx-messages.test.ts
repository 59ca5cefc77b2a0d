import { describe, expect, test } from '@jest/globals'
import { parseNginxMessages } from './nginx-messages.ts'

describe('what nginx writes', () => {
  test.each([
    ['no place', '[emerg] unknown "x" variable', 'unknown "x" variable', undefined, undefined],
    ['a place', '[emerg] unexpected "}" in /t/a.conf:7', 'unexpected "}"', '/t/a.conf', 7],
    [
      'a place behind another " in "',
      '[emerg] invalid number of arguments in "root" directive in /t/a.conf:3',
      'invalid number of arguments in "root" directive',
      '/t/a.conf',
      3,
    ],
    ['a blank in the path', '[warn] x in /t/a in b/c.conf:12', 'x', '/t/a in b/c.conf', 12],
    ['a token over lines', '[emerg] too long "a\nb" in /t/a.conf:3', 'too long "a\nb"', '/t/a.conf', 3],
  ])('%s', (_, line, text, file, number) => {
    const [message] = parseNginxMessages(`nginx: ${line}\n`)
    expect(message).toMatchObject({ text, file, line: number })
  })
})
