import { describe, expect, test } from '@jest/globals'
import { discarded, inherited, setting } from '../../src/effective/index.ts'
import { locationOf, modelOf } from './model-of.ts'

const rows = (texts: Parameters<typeof modelOf>[0], path = '/') => {
  const scope = locationOf(modelOf(texts), path)
  const { directives, from, certainty } = inherited(scope, 'proxy_set_header')
  return {
    rows: directives.map((row) => row.argument(0)),
    from: from?.kind,
    lost: discarded(scope, 'proxy_set_header').map((row) => row.argument(0)),
    certainty,
  }
}

describe('rows are those of the innermost level that has any', () => {
  test.each([
    ['none', 'http { server { location / { } } }', { rows: [], from: undefined, lost: [], certainty: 'certain' }],
    [
      'of http',
      'http { proxy_set_header A 1; server { location / { } } }',
      { rows: ['A'], from: 'http', lost: [], certainty: 'certain' },
    ],
    [
      'of the server, which drop those of http',
      'http { proxy_set_header A 1; server { proxy_set_header B 1; proxy_set_header C 1; location / { } } }',
      { rows: ['B', 'C'], from: 'server', lost: ['A'], certainty: 'certain' },
    ],
    [
      'of the location, which drop all others',
      'http { proxy_set_header A 1; server { proxy_set_header B 1; location / { proxy_set_header C 1; } } }',
      { rows: ['C'], from: 'location', lost: ['B', 'A'], certainty: 'certain' },
    ],
    [
      'of another server: they count for nothing here',
      'http { server { proxy_set_header A 1; } server { location / { } } }',
      { rows: [], from: undefined, lost: [], certainty: 'certain' },
    ],
    [
      'of an outer location, for a nested one',
      'http { server { location /a { proxy_set_header A 1; location / { } } } }',
      { rows: ['A'], from: 'location', lost: [], certainty: 'certain' },
    ],
    [
      'an include that nobody could read may drop them',
      'http { server { proxy_set_header A 1; location / { include gone.conf; } } }',
      { rows: ['A'], from: 'server', lost: [], certainty: 'unresolved' },
    ],
    [
      'an include further out does not matter once there are rows',
      'http { include gone.conf; server { proxy_set_header A 1; location / { } } }',
      { rows: ['A'], from: 'server', lost: [], certainty: 'certain' },
    ],
    [
      'a site of conf.d: http is taken as nginx leaves it',
      'server { location / { } }',
      { rows: [], from: undefined, lost: [], certainty: 'certain' },
    ],
    [
      'a bare location: the server around it may hold anything',
      'location / { }',
      { rows: [], from: undefined, lost: [], certainty: 'outside' },
    ],
    [
      'a bare location with rows of its own',
      'location / { proxy_set_header A 1; }',
      { rows: ['A'], from: 'location', lost: [], certainty: 'certain' },
    ],
  ])('%s', (_, text, expected) => {
    expect(rows(text)).toEqual(expected)
  })

  test('through includes, which stand for their content', () => {
    const files = {
      'nginx.conf':
        'http { include proxy.conf; server { location / { include empty.conf; } location /ws { include ws.conf; } } }',
      'proxy.conf': 'proxy_set_header A 1;',
      'empty.conf': '# nothing\n',
      'ws.conf': 'include deeper.conf;',
      'deeper.conf': 'proxy_set_header B 1;',
    }
    expect(rows(files).rows).toEqual(['A'])
    expect(rows(files, '/ws')).toEqual({ rows: ['B'], from: 'location', lost: ['A'], certainty: 'certain' })
  })
})

describe('a single setting is that of the innermost level', () => {
  test.each([
    ['server', 'http { proxy_http_version 1.0; server { proxy_http_version 1.1; location / { } } }', '1.1'],
    ['if of the location', 'http { server { proxy_method PUT; location / { proxy_method POST; } } }', undefined],
  ])('%s', (_, text, version) => {
    expect(setting(locationOf(modelOf(text), '/'), 'proxy_http_version').value).toBe(version)
  })
})
