import { describe, expect, test } from '@jest/globals'
import { isRequired, walkDirectives } from '../../src/config/index.ts'
import { expanded, fileNames, load, placeOf, type Texts, troubles } from './load-tree.ts'

describe('an include is found', () => {
  const examples: readonly [about: string, texts: Texts, files: readonly string[]][] = [
    ['in the folder of the main file', { 'nginx.conf': 'include a.conf;', 'a.conf': '' }, ['nginx.conf', 'a.conf']],
    [
      'there too when a file of another folder includes it',
      {
        'nginx.conf': 'http { include conf.d/a.conf; }',
        'conf.d/a.conf': 'include b.conf;',
        'b.conf': '',
        'conf.d/b.conf': '',
      },
      ['nginx.conf', 'conf.d/a.conf', 'b.conf'],
    ],
    [
      'by its absolute path',
      { '/srv/main.conf': 'http { include /opt/x.conf; }', '/opt/x.conf': '' },
      ['/srv/main.conf', '/opt/x.conf'],
    ],
    ['in quotes', { 'nginx.conf': '"include" \'a b.conf\';', 'a b.conf': '' }, ['nginx.conf', 'a b.conf']],
    [
      'in letters that are no ASCII',
      { 'nginx.conf': 'include gr\xc3\xb6\xc3\x9fe.conf;', 'größe.conf': '' },
      ['nginx.conf', 'größe.conf'],
    ],
    [
      'by a pattern, in byte order',
      { 'nginx.conf': 'http { include c/*; }', 'c/b': '', 'c/a': '', 'c/B': '' },
      ['nginx.conf', 'c/B', 'c/a', 'c/b'],
    ],
    [
      'before those of the files that follow',
      {
        'nginx.conf': 'http { include c/*; include z; }',
        'c/b': 'include y;',
        'c/a': 'include x;',
        x: '',
        y: 'include x; include w;',
        w: '',
        z: '',
      },
      ['nginx.conf', 'c/a', 'x', 'c/b', 'y', 'w', 'z'],
    ],
    [
      'once, by whatever path',
      { 'nginx.conf': 'http { include a; include ./a; include b/../a; }', a: '', 'b/c': '' },
      ['nginx.conf', 'a'],
    ],
    [
      'not from inside of comments or arguments',
      { 'nginx.conf': '# include a;\nlog_format include a;', a: '' },
      ['nginx.conf'],
    ],
  ]
  test.each(examples)('%s', (_, texts, files) => {
    const configuration = load(texts)
    expect(fileNames(configuration)).toEqual(files)
    expect(troubles(configuration)).toEqual([])
  })

  test('in the folder that was said', () => {
    const texts = { '/repo/site/nginx.conf': 'http { include a; }', '/repo/site/a': '', '/repo/a': '' }
    expect(fileNames(load(texts, { prefix: '/repo' }))).toEqual(['/repo/site/nginx.conf', '/repo/a'])
  })

  test('in a folder whose name has brackets', () => {
    const texts = { '/srv/[x]/nginx.conf': 'http { include c/*; include d; }', '/srv/[x]/c/a': '', '/srv/[x]/d': '' }
    expect(fileNames(load(texts))).toEqual(['/srv/[x]/nginx.conf', '/srv/[x]/c/a', '/srv/[x]/d'])
  })
})

describe('what is included stands behind its include, at its level', () => {
  test.each<[about: string, texts: Texts, text: string]>([
    [
      'in the order of the files',
      {
        'nginx.conf': 'http { gzip on; include c/*; etag off; }',
        'c/b': 'expires 2;',
        'c/a': 'expires 1; server { listen 80; }',
      },
      'http { gzip on; include c/*; expires 1; server { listen 80; } expires 2; etag off; }',
    ],
    [
      'a snippet in two blocks',
      { 'nginx.conf': 'server { include s; } server { include s; }', s: 'gzip on;' },
      'server { include s; gzip on; } server { include s; gzip on; }',
    ],
    [
      'rows of a map',
      { 'nginx.conf': 'http { map $a $b { default 0; include rows; } }', rows: 'server 1; location 2; "~x{2}" 3;' },
      'http { map $a $b { default 0; include rows; server 1; location 2; "~x{2}" 3; } }',
    ],
    [
      'types',
      { 'nginx.conf': 'types { include t/*; }', 't/a': 'text/html html htm;' },
      'types { include t/*; text/html html htm; }',
    ],
    [
      'rows of geo',
      { 'nginx.conf': 'http { geo $a { include g; } }', g: '10.0.0.0/8 1;' },
      'http { geo $a { include g; 10.0.0.0/8 1; } }',
    ],
    [
      'nothing, in rows that know no include',
      { 'nginx.conf': 'http { split_clients $a $b { include x; } charset_map a b { include x; } }', x: '50% 1;' },
      'http { split_clients $a $b { include x; } charset_map a b { include x; } }',
    ],
    [
      'in blocks nobody knows',
      { 'nginx.conf': 'http { foo { include x; } }', x: 'bar 1;' },
      'http { foo { include x; bar 1; } }',
    ],
    ['a block of this name is none', { 'nginx.conf': 'include x { y 1; }', x: 'gzip on;' }, 'include x { y 1; }'],
    ['no file named', { 'nginx.conf': 'http { include; }' }, 'http { include; }'],
  ])('%s', (_, texts, text) => {
    expect(expanded(load(texts))).toBe(text)
  })

  test('rows are no directives, so their words raise no problems', () => {
    const { files } = load({
      'nginx.conf': 'http { map $a $b { include rows; } }',
      rows: 'server 1;\nlocation 2;\nif 3;\n',
    })
    expect(files.flatMap(({ tree }) => tree.problems)).toEqual([])
  })
})

describe('trouble', () => {
  test.each<[about: string, texts: Texts, trouble: readonly string[]]>([
    ['missing', { 'nginx.conf': 'http { include gone; }' }, ['gone: missing']],
    [
      'missing, each time it is named',
      { 'nginx.conf': 'http { include gone; include gone; }' },
      ['gone: missing', 'gone: missing'],
    ],
    ['a pattern without a match is none', { 'nginx.conf': 'http { include c/*; include d*/x; }' }, []],
    ['a pattern in geo is a name', { 'nginx.conf': 'http { geo $a { include g/*; } }', 'g/a': '' }, ['g/*: missing']],
    ['a folder', { 'nginx.conf': 'http { include c; }', 'c/a': '' }, ['c: not a file']],
    ['a folder among matches', { 'nginx.conf': 'http { include c/*; }', 'c/a/b': '', 'c/z': '' }, ['c/a: not a file']],
    ['itself', { 'nginx.conf': 'http { include nginx.conf; }' }, ['nginx.conf: cycle']],
    ['itself by a pattern', { 'nginx.conf': 'http { include *.conf; }', 'z.conf': '' }, ['nginx.conf: cycle']],
    ['a circle', { 'nginx.conf': 'http { include a; }', a: 'include b;', b: 'include a;' }, ['a: cycle']],
    [
      'a file twice, one after the other, is no circle',
      { 'nginx.conf': 'http { include a; include a; }', a: 'include b;', b: '' },
      [],
    ],
  ])('%s', (_, texts, trouble) => {
    expect(troubles(load(texts))).toEqual(trouble)
  })

  test('the other matches of the pattern are read nevertheless', () => {
    const configuration = load({ 'nginx.conf': 'http { include c/*; }', 'c/a/b': '', 'c/z': 'gzip on;' })
    expect(expanded(configuration)).toBe('http { include c/*; gzip on; }')
  })

  test('only a plain name has to be there', () => {
    const { directives } = load({ 'nginx.conf': 'include a; include *.x; geo $a { include *.y; }' })
    const includes = [...walkDirectives(directives)].filter(({ name }) => name === 'include')
    expect(includes.map(isRequired)).toEqual([true, false, true])
  })
})

describe('where a directive comes from', () => {
  const configuration = load({
    'nginx.conf': 'http { include c/*; }',
    'c/a': 'server { include s; }',
    'c/b': 'server { location / { include s; } }',
    s: 'gzip on; include t;',
    t: 'etag off;',
  })
  const all = [...walkDirectives(configuration.directives)]

  test('its file, and the includes that lead there', () => {
    expect(all.filter(({ name }) => name === 'etag').map(placeOf)).toEqual([
      'nginx.conf > c/a > s > t',
      'nginx.conf > c/b > s > t',
    ])
  })

  test('one file and one statement, two directives', () => {
    const [one, other] = all.filter(({ name }) => name === 'gzip')
    expect(one?.statement).toBe(other?.statement)
    expect(one?.file).toBe(other?.file)
    expect([one?.parent?.name, other?.parent?.name]).toEqual(['server', 'location'])
    expect([...configuration.repeated].map(({ path }) => path)).toEqual(['/etc/nginx/s', '/etc/nginx/t'])
  })
})
