/** sites-available beside a sites-enabled that only the server fills. */
import { symlinkSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { type LoadOptions, loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { diskFiles } from '../../src/config/node-files.ts'
import { Folder } from '../cli/run-in.ts'

const names = (path: string, files = diskFiles, options: LoadOptions = {}) => {
  const configuration = loadConfiguration(path, files, options)
  if ('failure' in configuration) throw new Error(configuration.failure)
  const folder = path.replace('nginx.conf', '')
  return configuration.files.slice(1).map((file) => file.path.replace(folder, ''))
}

const MAIN = 'events {} http { include sites-enabled/*; }'

test.each<[string, Record<string, string>, string[]]>([
  [
    'no sites-enabled',
    { 'sites-available/a': '', 'sites-available/b': '' },
    ['sites-available/a', 'sites-available/b'],
  ],
  [
    'an empty one, kept by a file that git needs',
    { 'sites-available/a': '', 'sites-enabled/.gitkeep': '' },
    ['sites-available/a'],
  ],
  [
    'backups are no sites',
    { 'sites-available/a': '', 'sites-available/a.bak': '', 'sites-available/b~': '' },
    ['sites-available/a'],
  ],
  ['one that is enabled: the others are not', { 'sites-available/a': '', 'sites-enabled/b': '' }, ['sites-enabled/b']],
  ['neither', {}, []],
])('%s', (_, sites, found) => {
  const texts = Object.fromEntries(Object.entries(sites).map(([name, text]) => [`/n/${name}`, text]))
  expect(names('/n/nginx.conf', memoryFiles({ '/n/nginx.conf': MAIN, ...texts }))).toEqual(found)
})

test('absolute includes of a copied tree, and names of its own', () => {
  const files = memoryFiles({
    '/p/nginx.conf': 'events {} http { include /etc/nginx/vhosts-enabled/*.conf; }',
    '/p/vhosts-available/a.conf': '',
    '/p/vhosts-available/notes': '',
  })
  expect(names('/p/nginx.conf', files)).toEqual(['vhosts-available/a.conf'])
  const options = { mappings: [{ from: '/etc/nginx', to: '/p' }] }
  const configuration = loadConfiguration('/p/nginx.conf', files, options)
  expect('failure' in configuration ? [] : configuration.files.map(({ path }) => path)).toEqual([
    '/p/nginx.conf',
    '/p/vhosts-available/a.conf',
  ])
})

test.each<[string, string, string[], string[]]>([
  [
    'beside what is enabled, in its place',
    'sites-enabled/*',
    ['b'],
    ['sites-enabled/a', 'sites-available/b', 'sites-enabled/c'],
  ],
  ['instead of an old copy', 'sites-enabled/*', ['c'], ['sites-enabled/a', 'sites-available/c']],
  ['by a name that the include does not take', 'sites-enabled/*.conf', ['b'], []],
  ['of another folder', 'vhosts-enabled/*', ['b'], []],
])('a site that is to be enabled: %s', (_, include, named, found) => {
  const files = memoryFiles({
    '/n/nginx.conf': MAIN.replace('sites-enabled/*', include),
    '/n/sites-enabled/a': '',
    '/n/sites-enabled/c': '',
    '/n/sites-available/b': '',
    '/n/sites-available/c': '',
  })
  expect(names('/n/nginx.conf', files, { sites: named.map((name) => `/n/sites-available/${name}`) })).toEqual(found)
})

test("the server's own tree means what it says", () => {
  const files = memoryFiles({ '/etc/nginx/nginx.conf': MAIN, '/etc/nginx/sites-available/a': '' })
  expect(names('/etc/nginx/nginx.conf', files)).toEqual([])
})

test('links that lead to where the files are on the server', () => {
  const folder = new Folder({ 'nginx.conf': MAIN, 'sites-available/a': '', 'sites-enabled/own': '' })
  try {
    symlinkSync('/nowhere/sites-available/a', `${folder.path}/sites-enabled/a`)
    symlinkSync('/nowhere/sites-available/gone', `${folder.path}/sites-enabled/gone`)
    expect(names(`${folder.path}/nginx.conf`)).toEqual(['sites-available/a', 'sites-enabled/own'])
  } finally {
    folder.remove()
  }
})
