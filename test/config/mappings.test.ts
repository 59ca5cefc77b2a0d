import { describe, expect, test } from '@jest/globals'
import type { ConfigurationFiles } from '../../src/config/index.ts'
import { mapPath, normalizePath, type PathMapping } from '../../src/config/path.ts'
import { fileNames, inMemory, load, loadFrom, type Texts, troubles } from './load-tree.ts'

describe('a mapping puts one folder in the place of another', () => {
  test.each<[path: string, mappings: readonly PathMapping[], mapped: string]>([
    ['/etc/nginx/a', [{ from: '/etc/nginx', to: '/repo' }], '/repo/a'],
    ['/etc/nginx/a', [{ from: '/etc/nginx/', to: './conf/' }], './conf/a'],
    ['/etc/nginx', [{ from: '/etc/nginx', to: '/repo' }], '/repo'],
    ['/etc/nginx2/a', [{ from: '/etc/nginx', to: '/repo' }], '/etc/nginx2/a'],
    ['/etc/nginx/a', [{ from: '/', to: '/root' }], '/root/etc/nginx/a'],
    ['/chroot/a', [{ from: '/chroot', to: '/' }], '/a'],
    ['/chroot', [{ from: '/chroot', to: '/' }], '/'],
    // The first that fits.
    [
      '/a/b/c',
      [
        { from: '/a/b', to: '/x' },
        { from: '/a', to: '/y' },
      ],
      '/x/c',
    ],
    [
      '/a/c',
      [
        { from: '/a/b', to: '/x' },
        { from: '/a', to: '/y' },
      ],
      '/y/c',
    ],
  ])('%s %j: %s', (path, mappings, mapped) => {
    expect(mapPath(path, mappings)).toBe(mapped)
  })

  test.each<[about: string, texts: Texts, mappings: readonly PathMapping[], files: readonly string[]]>([
    [
      'an absolute include',
      { '/repo/nginx.conf': 'http { include /opt/app/x; }', '/repo/app/x': '' },
      [{ from: '/opt/app', to: '/repo/app' }],
      ['/repo/nginx.conf', '/repo/app/x'],
    ],
    [
      'a pattern, whatever the name of the copy',
      { '/re[po]/nginx.conf': 'http { include /opt/app/*; }', '/re[po]/app/x': '' },
      [{ from: '/opt/app', to: '/re[po]/app' }],
      ['/re[po]/nginx.conf', '/re[po]/app/x'],
    ],
    [
      'a relative include, by what it means',
      { '/repo/nginx.conf': 'http { include modules/x; }', '/elsewhere/x': '' },
      [{ from: '/repo/modules', to: '/elsewhere' }],
      ['/repo/nginx.conf', '/elsewhere/x'],
    ],
    [
      'and with one given, none is inferred',
      { '/repo/nginx.conf': 'http { include /etc/nginx/conf.d/*; }', '/repo/conf.d/x': '', 'conf.d/real': '' },
      [{ from: '/opt', to: '/repo' }],
      ['/repo/nginx.conf', 'conf.d/real'],
    ],
  ])('%s', (_, texts, mappings, files) => {
    expect(fileNames(load(texts, { mappings }))).toEqual(files)
  })
})

describe('a copy of /etc/nginx elsewhere means its own files', () => {
  const real = {
    '/etc/nginx/mime.types': '',
    '/etc/nginx/proxy_params': '',
    '/etc/nginx/conf.d/real': '',
    '/etc/nginx/snippets/ws': '',
  }

  test.each<[about: string, texts: Texts, files: readonly string[], trouble?: readonly string[]]>([
    [
      'a pattern in a folder that the copy has',
      { '/repo/nginx.conf': 'http { include /etc/nginx/conf.d/*; }', '/repo/conf.d/x': '', ...real },
      ['/repo/nginx.conf', '/repo/conf.d/x'],
    ],
    [
      'a file that it has',
      { '/repo/nginx.conf': 'http { include /etc/nginx/mime.types; }', '/repo/mime.types': '', ...real },
      ['/repo/nginx.conf', '/repo/mime.types'],
    ],
    [
      'then all of them: what the copy lacks is not taken from this machine',
      {
        '/repo/nginx.conf': 'http { include /etc/nginx/proxy_params; include /etc/nginx/conf.d/*; }',
        '/repo/conf.d/x': '',
        ...real,
      },
      ['/repo/nginx.conf', '/repo/conf.d/x'],
      ['/repo/proxy_params: missing'],
    ],
    [
      'named by an included file first',
      {
        '/repo/nginx.conf': 'http { include sites/*; }',
        '/repo/sites/x': 'include /etc/nginx/snippets/ws;',
        '/repo/snippets/ws': '',
        ...real,
      },
      ['/repo/nginx.conf', '/repo/sites/x', '/repo/snippets/ws'],
    ],
    [
      'a fragment, deeper in the copy',
      { '/repo/conf.d/site': 'server { include /etc/nginx/snippets/ws; }', '/repo/snippets/ws': '', ...real },
      ['/repo/conf.d/site', '/repo/snippets/ws'],
    ],
    [
      'the folders of other builds',
      { '/repo/nginx.conf': 'http { include /usr/local/nginx/conf/vhosts/*; }', '/repo/vhosts/x': '' },
      ['/repo/nginx.conf', '/repo/vhosts/x'],
    ],
  ])('%s', (_, texts, files, trouble = []) => {
    const configuration = load(texts)
    expect(fileNames(configuration)).toEqual(files)
    expect(troubles(configuration)).toEqual(trouble)
  })
})

describe('the files of this machine are meant', () => {
  test.each<[about: string, texts: Texts, files: readonly string[]]>([
    [
      'where the main file has nothing of them beside it',
      { '/repo/nginx.conf': 'http { include /etc/nginx/mime.types; }', 'mime.types': '' },
      ['/repo/nginx.conf', 'mime.types'],
    ],
    [
      'where the main file lies among them',
      { 'nginx.conf': 'http { include /etc/nginx/conf.d/*; }', 'conf.d/x': '' },
      ['nginx.conf', 'conf.d/x'],
    ],
    [
      'where it lies deeper among them, beside folders of the same names',
      { 'backup/nginx.conf': 'http { include /etc/nginx/conf.d/*; }', 'backup/conf.d/x': '', 'conf.d/y': '' },
      ['backup/nginx.conf', 'conf.d/y'],
    ],
    [
      'there, also for a file from elsewhere',
      {
        'backup/nginx.conf': 'http { include /opt/x; }',
        '/opt/x': 'include /etc/nginx/c/*;',
        'backup/c/x': '',
        'c/y': '',
      },
      ['backup/nginx.conf', '/opt/x', 'c/y'],
    ],
    [
      'where only the pattern itself could match beside it',
      { '/repo/nginx.conf': 'http { include /etc/nginx/*.types; }', '/repo/x.types': '', 'mime.types': '' },
      ['/repo/nginx.conf', 'mime.types'],
    ],
    [
      'where one of their own files names what the main file happens to have beside it',
      {
        '/repo/nginx.conf': 'http { include /etc/nginx/conf.d/*; }',
        'conf.d/y': 'include /etc/nginx/snippets/z;',
        'snippets/z': '',
        '/repo/snippets/a': '',
      },
      ['/repo/nginx.conf', 'conf.d/y', 'snippets/z'],
    ],
  ])('%s', (_, texts, files) => {
    expect(fileNames(load(texts))).toEqual(files)
  })

  test('where /etc/nginx is a link to the folder of the main file', () => {
    const files = inMemory({
      '/repo/nginx.conf': 'http { include /etc/nginx/conf.d/*; }',
      '/repo/conf.d/x': '',
      'conf.d/x': '',
    })
    const linked: ConfigurationFiles = { ...files, realPath: (path) => path.replace(/^\/etc\/nginx/, '/repo') }
    expect(fileNames(loadFrom(linked, '/repo/nginx.conf'))).toEqual(['/repo/nginx.conf', 'conf.d/x'])
  })
})

test.each([
  ['/a/./b//c/', '/a/b/c'],
  ['/a/../../b', '/b'],
  ['../a/..', '..'],
  ['a/..', '.'],
  ['/', '/'],
  ['/a.b/..c', '/a.b/..c'],
])('%s is %s', (path, normal) => {
  expect(normalizePath(path)).toBe(normal)
})
