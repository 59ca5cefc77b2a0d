/** What is one problem, and what are two, where a rule has something to say of one place more than once. */
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles, walkDirectives } from '../../src/config/index.ts'
import { type FixResult, fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { defineRule, type RegisteredRule } from '../../src/lint/rule.ts'

const SNIPPET = 'proxy_pass http://b;\n'
/** The snippet stands in two blocks. */
const TEXTS = {
  '/n.conf':
    'http { server { location /a/ws { include s.conf; } location /b/ws { include s.conf; } }\nserver { proxy_http_version 1.0; location /c/ws { proxy_pass http://b; } location /d/ws { proxy_pass http://b; } } }\n',
  '/m.conf': 'http { server { location /e/ws { include s.conf; } } }\n',
  '/s.conf': SNIPPET,
}

/** A rule that says some things of each `proxy_pass`, about the block that it stands in or not. */
function saying(...things: readonly string[]): RegisteredRule {
  const rule = defineRule({
    summary: '',
    severity: 'warn',
    fix: null,
    see: '',
    whole({ model }, report) {
      for (const at of walkDirectives(model.configuration.directives))
        for (const thing of at.name === 'proxy_pass' ? things : [])
          report({ at, message: thing.replace('BLOCK', `${at.parent?.argument(0)}`) })
    },
  })
  return { id: 'test/saying', rule }
}

const said = (ruleSet: readonly RegisteredRule[], roots = ['/n.conf'], ruleId = ruleSet[0]?.id) =>
  lintRoots(roots, memoryFiles(TEXTS), ruleSet)
    .problems.filter((problem) => problem.ruleId === ruleId)
    .map(({ file, message }) => `${file.path}: ${message}`)

const inSnippet = (messages: readonly string[]) => messages.filter((message) => message.startsWith('/s.conf'))

describe('a line of a snippet that two blocks include', () => {
  test.each<[string, string[], string[]]>([
    ['the same said of each', ['x'], ['x']],
    ['each block named: the first one is', ['x in BLOCK'], ['x in /a/ws']],
    ['two things', ['x', 'y'], ['x', 'y']],
    ['two things, each block named', ['x in BLOCK', 'y in BLOCK'], ['x in /a/ws', 'y in /a/ws']],
    ['the same thing twice', ['x', 'x'], ['x']],
  ])('%s', (_, things, expected) => {
    expect(inSnippet(said([saying(...things)]))).toEqual(expected.map((message) => `/s.conf: ${message}`))
  })

  test('and a second configuration', () => {
    const found = inSnippet(said([saying('x in BLOCK', 'y')], ['/n.conf', '/m.conf']))
    expect(found).toEqual(['/s.conf: x in /a/ws', '/s.conf: y'])
  })
})

test('a row that two locations inherit is told of once', () => {
  expect(
    said(rules, ['/n.conf'], 'websocket/http-version').filter((message) => /"location \/[cd]/.test(message)),
  ).toEqual([
    '/n.conf: WebSocket handshakes to "location /c/ws" fail: HTTP/1.0 knows no upgrade; write "proxy_http_version 1.1;" (a WebSocket location: its path has the segment "ws")',
  ])
})

describe('of two problems of one place', () => {
  const fixed = (text: string, unsafe = true): FixResult =>
    fixConfigurations(['/n.conf'], memoryFiles({ '/n.conf': text }), rules, { unsafe })
  const words = (problems: FixResult['fixed']) => problems.map(({ message }) => message)
  const site = (url: string) => `events {}\nhttp { server { location / { return 302 ${url}; } } }\n`
  const [scheme, uri] = ['$schem', '$requst_uri'].map((name) => `unknown variable "${name}"`)

  test('both are mended', () => {
    const result = fixed(site('$schem://$requst_uri'))
    expect(result.changes.map(({ newText }) => newText)).toEqual([site('$scheme://$request_uri')])
    expect(words(result.fixed)).toEqual([expect.stringContaining(scheme!), expect.stringContaining(uri!)])
  })

  test('one is mended, and the other is left', () => {
    const result = fixed(site('$nobody://$requst_uri'))
    expect(result.changes.map(({ newText }) => newText)).toEqual([site('$nobody://$request_uri')])
    expect(words(result.fixed)).toEqual([expect.stringContaining(uri!)])
    expect(words(result.after.problems)).toEqual([expect.stringContaining('"$nobody"')])
  })

  test('a comment keeps both back', () => {
    const text = site('$schem://$requst_uri').replace(
      'http {',
      '# ngxlint-disable-next-line variables/unknown -- x\nhttp {',
    )
    expect(fixed(text, false).after.problems).toEqual([])
  })
})
