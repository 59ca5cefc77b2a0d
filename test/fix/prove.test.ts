/** Fixes that would do too much, or too little, are found out by what they do to a configuration. */
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { defineRule, type RegisteredRule } from '../../src/lint/rule.ts'
import { fixInMemory, newTexts, ruleFor } from './lint-in-memory.ts'

const WEBSOCKET = `proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade;`

/** A plain location, a WebSocket one that lacks a line, and a good one. */
const SITE = `server {
  server_name a;
  location / {
    proxy_set_header Host $host;
    proxy_pass http://app;
  }
  location /ws {
    proxy_set_header Host $host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade;
    proxy_pass http://app;
  }
  location /good {
    ${WEBSOCKET}
    proxy_pass http://app;
  }
}
`

/** Replaces the first text after a marker: a rule that went wrong. */
function replacing(after: string, old: string, fresh: string): RegisteredRule {
  return ruleFor('test/rule', 'server_name', ({ file }) => {
    const from = file.source.text.indexOf(after)
    const start = file.source.text.indexOf(old, from)
    return start === -1 ? [] : [{ start, end: start + old.length, text: fresh }]
  })
}

const faultsOf = (rule: RegisteredRule, isUnsafe = false) =>
  findFaults(fixInMemory({ '/a.conf': SITE }, [rule], { unsafe: isUnsafe }), isUnsafe)

const WRONG: Readonly<Record<string, [RegisteredRule, string]>> = {
  'a header of another location': [
    replacing('location /', '$host', '$http_host'),
    '/a.conf: server a > location /: proxy_set_header was Host "$host", and is Host "$http_host"',
  ],
  'a header of another location that is gone': [
    replacing('location /', '    proxy_set_header Host $host;\n', ''),
    '/a.conf: server a > location /: proxy_set_header was Host "$host", and is not set',
  ],
  'another header of the WebSocket location': [
    replacing('location /ws', '$host', 'x'),
    '/a.conf: server a > location /ws: proxy_set_header was Host "$host", and is Host "x"',
  ],
  'the version of every location': [
    replacing('server_name', 'server_name a;', 'server_name a; proxy_http_version 1.1;'),
    '/a.conf: server a > location /: proxy_http_version was not set, and is 1.1',
  ],
  'where a location leads to': [
    replacing('location /', 'http://app', 'http://other'),
    '/a.conf: server a > location /: proxy_pass was http://app, and is http://other',
  ],
  'a good header turned bad': [
    replacing('location /good', 'Connection upgrade', 'Connection close'),
    '/a.conf: server a > location /good: Connection is still not what a handshake needs: it was "upgrade good upgrade", and is "close wrong close"',
  ],
  'a bad version turned into another': [
    replacing('location /ws', 'proxy_pass', 'proxy_http_version 1.0; proxy_method POST; proxy_pass'),
    '/a.conf: server a > location /ws: proxy_method was not set, and is POST',
  ],
  'a version where there is one': [
    replacing('location /good', 'proxy_http_version 1.1;', 'proxy_http_version 1.1; proxy_http_version 1.1;'),
    '/a.conf: server a > location /good: proxy_http_version would stand twice in one block',
  ],
  'a row that gets a colon': [
    replacing('location /', 'Host $', 'Host: $'),
    '/a.conf: server a > location /: proxy_set_header was Host "$host", and is Host: "$host"',
  ],
  'a location that is gone': [
    replacing('location /good', SITE.slice(SITE.indexOf('location /good'), -2), ''),
    '/a.conf: there were 3 proxying locations, and are 2 after the fixes',
  ],
  'another path': [
    replacing('location /good', '/good', '/bad'),
    '/a.conf: "server a > location /good" became "server a > location /bad"',
  ],
  'a brace too few': [replacing('location /good', '}', ''), '/a.conf: a fix made a syntax error'],
}

describe('is found', () => {
  test.each(Object.entries(WRONG))('%s', (_, [rule, fault]) => expect(faultsOf(rule)[0]).toBe(fault))
})

describe('rows that a fix brings back', () => {
  const LOSING = `server {
  proxy_set_header Host $host;
  proxy_set_header X-A a;
  location / {
    proxy_set_header X-B b;
    proxy_pass http://app;
  }
}
`
  /** A rule that puts rows before those of the location, and says that it brings back some. */
  const bringing = (rows: string, ...restores: readonly string[]): RegisteredRule => ({
    id: 'test/rule',
    rule: defineRule({
      summary: '',
      severity: 'warn',
      fix: 'safe',
      see: '',
      eachFile(file, report) {
        const start = file.source.text.indexOf('proxy_set_header X-B')
        if (file.source.text.includes(rows)) return
        const edits = [{ file, edit: { start, end: start, text: rows } }]
        report({ at: { file, span: { start, end: start + 1 } }, message: '', edits, restores })
      },
    }),
  })
  const [HOST, A] = ['proxy_set_header Host $host; ', 'proxy_set_header X-A a; ']

  test.each([
    ['both', HOST + A, ['Host "$host"', 'X-A "a"'], []],
    ['one of them', HOST, ['Host "$host"'], []],
    [
      'one that was not told of',
      HOST + A,
      ['Host "$host"'],
      ['/a.conf: server > location /: proxy_set_header was X-B "b", and is X-A "a", X-B "b"'],
    ],
    [
      'another value',
      'proxy_set_header Host x; ',
      ['Host "x"'],
      ['/a.conf: server > location /: proxy_set_header was X-B "b", and is Host "x", X-B "b"'],
    ],
    [
      'a name that is there',
      'proxy_set_header x-b a; ',
      ['x-b "a"'],
      ['/a.conf: server > location /: proxy_set_header was X-B "b", and is x-b "a", X-B "b"'],
    ],
  ])('%s', (_, rows, restores, faults) => {
    const result = fixInMemory({ '/a.conf': LOSING }, [bringing(rows, ...restores)])
    expect(result.changes).toHaveLength(1)
    expect(findFaults(result, false)).toEqual(faults)
  })

  test('all rules at once: a location that lost rows of a handshake and others gets each once, and a second run is silent', () => {
    const text = `server {
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection upgrade;
  proxy_set_header Host $host;
  proxy_set_header X-Real-IP $remote_addr;
  location /ws {
    proxy_set_header X-B b;
    proxy_pass http://app;
    proxy_read_timeout 1h;
  }
}
`
    const result = fixInMemory({ '/a.conf': text }, rules)
    expect(findFaults(result, false)).toEqual([])
    const [fixed = ''] = Object.values(newTexts(result))
    const location = fixed.slice(fixed.indexOf('location'))
    for (const name of ['Upgrade', 'Connection', 'Host', 'X-Real-IP', 'X-B'])
      expect(location.match(new RegExp(`proxy_set_header ${name} `, 'g'))).toHaveLength(1)
    expect(fixInMemory({ '/a.conf': fixed }, rules).changes).toEqual([])
  })
})

describe('is as it should be', () => {
  test('what the rules do', () => {
    const result = fixInMemory({ '/a.conf': SITE }, rules, { unsafe: true })
    expect(result.changes).toHaveLength(1)
    expect(findFaults(result, true)).toEqual([])
  })

  test('quotes of a word processor, around names and values of any row', () => {
    const curly = (text: string) => `\xe2\x80\x9c${text}\xe2\x80\x9d`
    const straight = (text: string) => `"${text}"`
    const site = (quoted: (text: string) => string, url: string) => `server {
  location / { proxy_set_header ${quoted('Host')} ${quoted('$host')}; proxy_read_timeout ${quoted('5s')}; proxy_pass ${url}; }
}
`
    const result = fixInMemory({ '/a.conf': site(curly, curly('http://a')) }, rules, { unsafe: true })
    expect(newTexts(result)).toEqual({ '/a.conf': site(straight, 'http://a') })
    expect(findFaults(result, true)).toEqual([])
    expect(findFaults(result, false)).not.toEqual([])
  })

  test('the dollar of a variable, in what a backend gets', () => {
    const site = (value: string) =>
      `server { location / { proxy_pass http://a; proxy_set_header X-Real-IP ${value}; } }\n`
    const result = fixInMemory({ '/a.conf': site('remote_addr') }, rules, { unsafe: true })
    expect(newTexts(result)).toEqual({ '/a.conf': site('$remote_addr') })
    expect(findFaults(result, true)).toEqual([])
  })

  test('a scheme that nginx refuses, in a location that is no WebSocket one', () => {
    const site = (scheme: string) => `# ngxlint-not-websocket\nlocation / { proxy_pass ${scheme}://app; }\n`
    const result = fixInMemory({ '/a.conf': site('ws') }, rules)
    expect(newTexts(result)).toEqual({ '/a.conf': site('http') })
    expect(findFaults(result, false)).toEqual([])
  })

  test('ws:// tells what the location is for: it gets what a handshake needs', () => {
    const result = fixInMemory({ '/a.conf': 'server { location / { proxy_pass ws://app; } }\n' }, rules)
    expect(newTexts(result)['/a.conf']).toMatch(
      'proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;',
    )
    expect(findFaults(result, false)).toEqual([])
  })

  test('a colon that goes, and nothing else of its row', () => {
    const site = (name: string) => `server { location / { proxy_set_header ${name} $host; proxy_pass http://b; } }\n`
    const result = fixInMemory({ '/a.conf': site('Host:') }, rules)
    expect(newTexts(result)).toEqual({ '/a.conf': site('Host') })
    expect(findFaults(result, false)).toEqual([])
    const wrong = replacing('location /', 'Host: $host', 'Host $http_host')
    expect(findFaults(fixInMemory({ '/a.conf': `server_name a; ${site('Host:')}` }, [wrong]), false)).toEqual([
      '/a.conf: server > location /: proxy_set_header was Host: "$host", and is Host "$http_host"',
    ])
  })

  test('a misspelt block, by an unsafe fix: its locations are compared from then on', () => {
    const text = 'events {}\nhttp { servr { location / { proxy_pass http://b; proxy_set_header Hos $hots; } } }\n'
    const result = fixInMemory({ '/a.conf': text }, rules, { unsafe: true })
    expect(result.changes[0]?.newText).toMatch(/^events \{\}\nhttp \{ server \{ /)
    expect(findFaults(result, true)).toEqual([])
  })

  const share = ['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection upgrade;']
  test.each([share, share.toReversed()])(
    'locations that share the snippet %s, one of which has the rest',
    (snippet, row) => {
      const texts = {
        '/n.conf': `server {
        location /a/ws { include ws.conf; proxy_pass http://a; ${row} }
        location /b/ws { include ws.conf; proxy_pass http://a; }
      }`,
        '/ws.conf': snippet,
      }
      const result = fixInMemory(texts, rules)
      expect(result.changes.length).toBeGreaterThan(0)
      expect(findFaults(result, false)).toEqual([])
      expect(result.after.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    },
  )

  test('a row that doubles one of a shared snippet goes, the snippet stays', () => {
    const site = (own: string) => `server {
  location /a/ws { include ws.conf; proxy_pass http://a;${own} }
  location /b/ws { include ws.conf; proxy_pass http://a; }
}
`
    const texts = { '/n.conf': site(` ${share[0]}`), '/ws.conf': ['proxy_http_version 1.1;', ...share].join('\n') }
    const result = fixInMemory(texts, rules)
    expect(newTexts(result)).toEqual({ '/n.conf': site('') })
    expect(findFaults(result, false)).toEqual([])
  })

  const headers = 'proxy_set_header Connection upgrade; proxy_set_header Upgrade $http_upgrade;'
  const FOUND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a colon of the server, whose row a location has dropped': {
      '/n.conf': `server {
        proxy_set_header Host: $host;
        location /ws { proxy_set_header Connection upgrade; proxy_pass http://a; }
      }`,
    },
    'a row of a snippet that is doubled, and is no place for the version': {
      '/n.conf': `http { server { location ~ ^/(ws|chat)/ { include ws.conf; proxy_pass http://a; ${headers} } } }`,
      '/ws.conf': 'proxy_set_header Upgrade websocket;\n',
    },
    'a doubled row that others need, and a location that lacks Connection': {
      '/n.conf': `server {
        location = /wss { include ws.conf; proxy_set_header Upgrade $http_upgrade; if ($http_upgrade = websocket) { proxy_pass http://b; } }
        location ~ ^/(ws|chat)/ { include ws.conf; proxy_set_header Connection upgrade; proxy_pass http://a; }
      }`,
      '/ws.conf': 'proxy_set_header Upgrade $http_upgrade;\n',
    },
    'a location and an if in it, which get the same lines': {
      '/n.conf': `http { proxy_set_header Host $host; server {
        location @ws { proxy_pass http://ws-app; if ($http_upgrade = websocket) { proxy_pass http://ws-app; } }
      } }`,
    },
  }
  test.each(Object.entries(FOUND))('%s', (_, texts) => {
    const result = fixInMemory(texts, rules)
    expect(result.changes.length).toBeGreaterThan(0)
    expect(findFaults(result, false)).toEqual([])
    expect(fixInMemory({ ...texts, ...newTexts(result) }, rules).changes).toEqual([])
  })

  test('a timeout, by an unsafe fix only', () => {
    const pass = 'proxy_pass http://app;\n  }\n  location /good'
    const row = 'Connection upgrade;\n    '
    const rule = replacing(row, row + pass, `${row}proxy_read_timeout 1h; proxy_http_version 1.1; ${pass}`)
    expect(faultsOf(rule, true)).toEqual([])
    expect(faultsOf(rule)).toEqual(['/a.conf: server a > location /ws: proxy_read_timeout was not set, and is 1h'])
  })
})

test('bytes that changed outside of the edits', () => {
  const result = fixInMemory({ '/a.conf': SITE }, [replacing('location /ws', '$host', '$host')])
  expect(result.changes).toEqual([])
  const fixed = fixInMemory({ '/a.conf': SITE }, rules)
  const [change] = fixed.changes
  const tampered = {
    ...fixed,
    changes: [{ ...change!, newText: change!.newText.replace('server_name a', 'server_name b') }],
  }
  expect(findFaults(tampered, false)[0]).toMatch(/^\/a\.conf: bytes 0 to \d+ were to stay as they are$/)
})

test('a location that seems to have lost what a fix wrote, and gets it by an unsafe one', () => {
  const text = `upstream websocket { server 127.0.0.1:1; }
    server {
      location /app {
        proxy_pass http://websocket;
        location ~ css$ { proxy_pass http://127.0.0.1:2; proxy_http_version 1.1; proxy_set_header Host $host; }
      }
    }`
  const result = fixInMemory({ '/a.conf': text }, rules, { unsafe: true })
  expect(newTexts(result)['/a.conf']).toMatch(/css\$ .* proxy_set_header Upgrade \$http_upgrade;/)
  expect(findFaults(result, true)).toEqual([])
})
