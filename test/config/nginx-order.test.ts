/** nginx decides: the files it reads, in its order, as `nginx -T` prints them. */
import { spawnSync } from 'node:child_process'
import { expect } from '@jest/globals'
import { filesOfDump, walkDirectives } from '../../src/config/index.ts'
import { diskFiles } from '../../src/config/node-files.ts'
import { changedIn } from '../../src/nginx/defaults.ts'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { mainConf } from '../e2e/nginx.ts'
import { findNginx, nginxIsAtLeast, requireNginx } from '../e2e/nginx-binary.ts'
import { makeTree, type Tree, type TreeFiles } from '../e2e/tree.ts'
import { loadFrom } from './load-tree.ts'

const server = (port: number) => `server { listen 127.0.0.1:${port}; }\n`

/** Texts of `http`, and the files it includes. */
const trees: Readonly<Record<string, readonly [http: string, files: TreeFiles]>> = {
  'byte order': [
    'include c/*;',
    { 'c/b': '', 'c/B': '', 'c/a': '', 'c/a-': '', 'c/a.': '', 'c/ä': '', 'c/_': '', 'c/10': '', 'c/9': '' },
  ],
  'leading dots': [
    'include c/*; include d/.[a-z]*; include e/[.]*; include f/?x;',
    { 'c/.a': '', 'c/b': '', 'd/.a': '', 'd/b': '', 'e/.a': '', 'f/.x': '', 'f/ax': '' },
  ],
  'nested includes come before the next match': [
    'include c/*; include z;',
    { 'c/a': 'include s/x;', 'c/b': 'include s/x; include s/y;', 's/x': '', 's/y': 'include s/w;', 's/w': '', z: '' },
  ],
  'relative to the main file, not to the including one': [
    'include c/a;',
    { 'c/a': 'include b;', b: '', 'c/b': 'nonsense' },
  ],
  'a folder in the middle': [
    'include s/*/nginx.conf;',
    { 's/a/nginx.conf': '', 's/a-b/nginx.conf': '', 's/a.b/nginx.conf': '', 's/none/x': '', 's/file': '' },
  ],
  'magic twice': [
    'include s?/*.conf;',
    { 's1/b.conf': '', 's1/a.conf': '', 's2/a.conf': '', 's2/a.conf~': '', 's/a.conf': '' },
  ],
  brackets: [
    'include a/[a-c]; include b/[!a]; include c/[]]; include d/[[:digit:]x]; include e/[c-a]; include f/[; include g/[a\\]; include h/[[.a.]-b];',
    Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((folder) =>
        ['a', 'b', 'c', ']', '[', '1', 'x', '[a]'].map((name) => [`${folder}/${name}`, '']),
      ),
    ),
  ],
  backslashes: [
    'include a/\\*; include b/x\\y*; include c/\\\\\\\\*;',
    { 'a/*': '', 'a/b': '', 'b/xyz': '', 'b/x\\yz': '', 'c/\\x': '', 'c/x': '' },
  ],
  bytes: [
    'include a/??; include b/[ü]; include c/gr\xc3\xb6\xc3\x9fe*;',
    { 'a/ü': '', 'a/ab': '', 'a/€': '', 'b/ü': '', 'c/größe.conf': '' },
  ],
  'dots and slashes': ['include ./c/../d/*; include d//y*; include .//c//x;', { 'c/x': '', 'd/x': '', 'd/y': '' }],
  links: [
    'include e/*; include a/*; include l/x;',
    { 'e/x': { link: '../a/x' }, 'a/x': '', 'a/y': '', l: { link: 'a' } },
  ],
  'no match': ['include none/*; include c/*.none; include c/[a;', { 'c/x': '' }],
  'a snippet in several places': [
    `server { listen 127.0.0.1:9; include s; location / { include s; } include t; } ${server(9)}`,
    { s: 'allow all; include t;', t: 'deny all;' },
  ],
  'rows of map, geo and types': [
    'map $uri $a { include rows/*; } geo $b { include g; } types { include mime/*; } split_clients $uri $c { 50% include; * x; }',
    {
      'rows/b': 'server 1; if 2;\n',
      'rows/a': '~x{2} 1;'.replace('~x{2}', '"~x{2}"'),
      g: '10.0.0.0/8 include;',
      'mime/t': 'text/html html;',
    },
  ],
  quotes: ['"include" "c/*";include\n\'a b\';', { 'c/x': '', 'a b': '' }],
  '300 hosts': [
    'include hosts/*.conf;',
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`hosts/${index}.conf`, server(9)])),
  ],
}

/** What `nginx -T` prints of a tree: its dump, and what it said. */
function dump(tree: Tree): { readonly text: string; readonly said: string } {
  const directives = `error_log stderr; pid ${tree.path('.pid')};`
  const args = ['-T', '-q', '-p', `${tree.dir}/`, '-c', tree.path('nginx.conf'), '-g', directives]
  const { stdout, stderr } = spawnSync(requireNginx(), args, {
    encoding: 'latin1',
    timeout: 20_000,
    maxBuffer: 1 << 28,
  })
  return { text: stdout, said: stderr }
}

function pathsIn(text: string): string[] {
  return [...text.matchAll(/^# configuration file (.*):$/gm)].map(([, path]) =>
    Buffer.from(path ?? '', 'latin1').toString(),
  )
}

describeWithNginx('nginx -T', (add) => {
  for (const [name, [http, files]] of Object.entries(trees)) {
    add(name, () => {
      const tree = makeTree({ 'nginx.conf': mainConf(http), ...files })
      const { text, said } = dump(tree)
      const paths = pathsIn(text)
      if (paths.length === 0) throw new Error(`nginx refused the tree: ${said}`)

      const configuration = loadFrom(diskFiles, tree.path('nginx.conf'))
      // nginx prints a file under each of its names.
      const opened = configuration.files.map(({ realPath }) => realPath)
      expect(opened).toEqual([...new Set(paths.map((path) => diskFiles.realPath(path)))])
      expect(configuration.unresolved).toEqual([])
      expect(configuration.files.flatMap((file) => file.tree.problems)).toEqual([])
    })

    add(`${name}: the dump is read as the tree`, () => {
      const tree = makeTree({ 'nginx.conf': mainConf(http), ...files })
      const shown = filesOfDump(dump(tree).text)
      if (!shown) throw new Error('not taken for a dump')
      expect(shown.main).toBe(tree.path('nginx.conf'))
      const fromDisk = loadFrom(diskFiles, tree.path('nginx.conf'))
      const fromDump = loadFrom(shown.files, shown.main)
      const directivesOf = ({ directives }: typeof fromDisk) =>
        [...walkDirectives(directives)].map((directive) => `${directive.statement.start} ${directive.statement.text}`)
      expect(directivesOf(fromDump)).toEqual(directivesOf(fromDisk))
      expect(fromDump.unresolved).toEqual([])
      for (const file of fromDump.files) expect(diskFiles.read(file.path)).toEqual({ text: file.source.text })
    })
  }

  // Where nginx refuses to start, the loader has to see the trouble.
  const refused: Readonly<Record<string, readonly [http: string, files: TreeFiles, trouble: string]>> = {
    'a missing file': ['include gone;', {}, 'missing'],
    'a link that leads nowhere': ['include c/*;', { 'c/x': { link: 'gone' } }, 'missing'],
    'a link that leads nowhere, behind a pattern': ['include */x;', { 'c/x': { link: 'gone' } }, 'missing'],
    'a folder': ['include c;', { 'c/x': '' }, 'not a file'],
    'a folder among matches': ['include c/*;', { 'c/x/y': '' }, 'not a file'],
    'the folder itself': ['include c/.*;', { 'c/.x': '' }, 'not a file'],
    // Newer ones take it, and we don't read what it finds.
    ...(findNginx() && nginxIsAtLeast(changedIn.geoIncludePatterns)
      ? {}
      : { 'a pattern in geo': ['geo $a { include g/*; }', { 'g/x': '' }, 'missing'] }),
    'a file that includes itself': ['include a;', { a: 'include a;' }, 'cycle'],
  }
  for (const [name, [http, files, trouble]] of Object.entries(refused)) {
    add(`refuses ${name}`, () => {
      const tree = makeTree({ 'nginx.conf': mainConf(http), ...files })
      expect(pathsIn(dump(tree).text)).toEqual([])
      const { unresolved } = loadFrom(diskFiles, tree.path('nginx.conf'))
      expect(unresolved.map((include) => include.unresolved?.reason)).toEqual([trouble])
    })
  }
})
