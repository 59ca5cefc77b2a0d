import { describe, expect, test } from '@jest/globals'
import { filesOfDump, refusalIn } from '../../src/config/index.ts'
import { expanded, fileNames, loadFrom } from './load-tree.ts'

/** As nginx prints it: a line, the bytes of the file, a line feed. */
function dumpOf(texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts)
    .map(([path, text]) => `# configuration file ${path}:\n${text}\n`)
    .join('')
}

const texts = {
  '/etc/nginx/nginx.conf': 'http {\n  include conf.d/*.conf;\n}\n',
  '/etc/nginx/conf.d/a.conf': 'server { include snippets/x; }',
  '/etc/nginx/snippets/x': '',
  '/etc/nginx/conf.d/b.conf': 'server { }\n\n',
}
const dump = dumpOf(texts)

describe('a dump of nginx -T', () => {
  test('is the tree that it shows', () => {
    const shown = filesOfDump(dump)
    const configuration = loadFrom(shown!.files, shown!.main)
    expect(fileNames(configuration)).toEqual(['nginx.conf', 'conf.d/a.conf', 'snippets/x', 'conf.d/b.conf'])
    expect(expanded(configuration)).toBe('http { include conf.d/*.conf; server { include snippets/x; } server { } }')
    for (const [path, text] of Object.entries(texts)) expect(shown?.files.read(path)).toEqual({ text })
  })

  test('positions are those in its files', () => {
    const shown = filesOfDump(dump)
    const { main } = loadFrom(shown!.files, shown!.main)
    expect(main.source.positionAt(main.tree.statements[0]!.children![0]!.start)).toEqual({ line: 2, column: 3 })
  })

  const said =
    'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n'

  test.each<[about: string, text: string, main: string, mainText: string]>([
    ['behind what nginx says', said + dump, '/etc/nginx/nginx.conf', texts['/etc/nginx/nginx.conf']],
    [
      'behind what nginx warns of, as it does in a container',
      `2026/11/23 17:08:18 [warn] 23#23: conflicting server name "a" on 0.0.0.0:80, ignored\n${said}${dump}`,
      '/etc/nginx/nginx.conf',
      texts['/etc/nginx/nginx.conf'],
    ],
    ['behind blank lines', `\n \n${dump}`, '/etc/nginx/nginx.conf', texts['/etc/nginx/nginx.conf']],
    ['of one file', dumpOf({ '/x': 'a;' }), '/x', 'a;'],
    ['of an empty file', '# configuration file /x:\n\n', '/x', ''],
    ['that lost its last line feeds', '# configuration file /x:', '/x', ''],
    [
      'of a file that ends without a line feed',
      '# configuration file /x:\na;\n# configuration file /y:\nb;\n',
      '/x',
      'a;',
    ],
    ['with the line ends of Windows', '# configuration file /x:\r\na;\r\nb;\r\n\r\n', '/x', 'a;\r\nb;\r\n'],
    ['with a relative path', dumpOf({ './conf/nginx.conf': 'a;' }), './conf/nginx.conf', 'a;'],
    ['with a path of Windows', dumpOf({ 'C:\\nginx/conf/nginx.conf': 'a;' }), 'C:\\nginx/conf/nginx.conf', 'a;'],
    ['with blanks and colons in a path', dumpOf({ '/a b:c': 'a;' }), '/a b:c', 'a;'],
    ['with a path that is no ASCII', dumpOf({ '/\xc3\xa4': 'a;' }), '/ä', 'a;'],
    ['twice: the first counts', dumpOf({ '/x': 'a;' }) + dumpOf({ '/x': 'b;' }), '/x', 'a;'],
  ])('%s', (_, text, main, mainText) => {
    const shown = filesOfDump(text)
    expect(shown?.main).toBe(main)
    expect(shown?.files.read(main)).toEqual({ text: mainText })
  })

  test.each<[about: string, text: string]>([
    ['a configuration', 'http { }'],
    ['nothing', ''],
    ['a comment of somebody', '# configuration file for the proxy:\nhttp { }'],
    ['directives before the line', 'user www;\n# configuration file /x:\nhttp { }'],
    ['not a line of its own', '  # configuration file /x:\nhttp { }'],
    ['what nginx says of an error', 'nginx: [emerg] open() "/x" failed\nnginx: configuration file /x test failed\n'],
  ])('is not %s', (_, text) => {
    expect(filesOfDump(text)).toBeUndefined()
  })

  const FAILED = 'nginx: configuration file /etc/nginx/nginx.conf test failed\n'
  test.each<[about: string, text: string, refusal: ReturnType<typeof refusalIn>]>([
    [
      'an error',
      `nginx: [emerg] open() "/x" failed (2: No such file or directory) in /etc/nginx/nginx.conf:6\n${FAILED}`,
      {
        reason: 'open() "/x" failed (2: No such file or directory) in /etc/nginx/nginx.conf:6',
        main: '/etc/nginx/nginx.conf',
      },
    ],
    [
      'an error behind a warning, as its log has them',
      `2026/11/23 17:08:18 [warn] 23#23: too small\n2026/11/23 17:08:18 [emerg] 23#23: no "events" section\n${FAILED}`,
      { reason: 'no "events" section', main: '/etc/nginx/nginx.conf' },
    ],
    [
      'a word without a line feed',
      'nginx: invalid option: "T"',
      { reason: 'nginx: invalid option: "T"', main: undefined },
    ],
    ['before a dump: none', said + dump, undefined],
    ['before a configuration: none', `${FAILED}http { }`, undefined],
    ['nothing: none', '\n', undefined],
  ])('what nginx says in the place of one: %s', (_, text, refusal) => expect(refusalIn(text)).toEqual(refusal))

  test('long ones and odd ones take no long time', () => {
    expect(filesOfDump(`${'\n'.repeat(100_000)}x`)).toBeUndefined()
    expect(refusalIn(`nginx: ${'x '.repeat(1_000_000)}`)?.main).toBeUndefined()
    expect(filesOfDump('# configuration file a'.repeat(100_000))).toBeUndefined()
    const hosts = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`/n/${index}`, 'server { }\n']))
    expect(filesOfDump(dumpOf(hosts))?.files.list('/n')).toHaveLength(20_000)
  })
})
