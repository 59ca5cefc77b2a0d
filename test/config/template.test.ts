/** Files that another program fills in: their tags, and the text that is read in the place of their own. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { findEnvironmentTags, findTags } from '../../src/config/template-tags.ts'
import { print } from '../../src/syntax/index.ts'

const drawn = (text: string, tags: ReturnType<typeof findTags>) =>
  tags.map(({ start, end, isControl }) => (isControl ? `control ${text.slice(start, end)}` : text.slice(start, end)))

describe('tags', () => {
  test.each<[string, string[]]>([
    ['a {{ x }} b{{y}}', ['{{ x }}', '{{y}}']],
    ['{% if a %}b{% endif %}{# no #}', ['control {% if a %}', 'control {% endif %}', 'control {# no #}']],
    ['<% if a -%><%= b %><%-= c %><%# d %>', ['control <% if a -%>', '<%= b %>', '<%-= c %>', 'control <%# d %>']],
    ['{{ if .A }}{{- end -}}', ['control {{ if .A }}', 'control {{- end -}}']],
    ['{{ range $a := .B }}{{ .C }}', ['control {{ range $a := .B }}', '{{ .C }}']],
    ['{{ $a := 1 }}{{ $a }}', ['control {{ $a := 1 }}', '{{ $a }}']],
    ['{{/* note */}}{{ iffy }}', ['control {{/* note */}}', '{{ iffy }}']],
    ['{{#each a}}{{{ raw }}}{{/each}}', ['control {{#each a}}', '{{{ raw }}}', 'control {{/each}}']],
    ['{{ a\nb }}', ['{{ a\nb }}']],
    ['{{ never', []],
    ['{% never {{ x }}', ['{{ x }}']],
    ['a } } b', []],
  ])('%j', (text, expected) => expect(drawn(text, findTags(text))).toEqual(expected))

  test.each<[string, string[]]>([
    [`\${HOST}:$PORT/$uri`, [`\${HOST}`, '$PORT']],
    [`\${host} $Host $_X`, ['$_X']],
  ])('of the environment: %s', (text, expected) => expect(drawn(text, findEnvironmentTags(text))).toEqual(expected))

  test('take no longer than the text is long', () => {
    expect(findTags('{{'.repeat(500_000))).toEqual([])
    expect(findTags('{{}}{%'.repeat(200_000))).toHaveLength(200_000)
  })
})

function read(text: string, path = '/t.conf') {
  const configuration = loadConfiguration(path, memoryFiles({ [path]: text }))
  if ('failure' in configuration) throw new Error(configuration.failure)
  return configuration.main
}

describe('what is read in the place of a template', () => {
  test.each<[string, string, string]>([
    ['values are words', 'listen {{ port }};', `listen \${XXXXXXX};`],
    ['within words', 'proxy_pass http://{{ a }}:{{ b }}/{;', `proxy_pass http://\${XXXX}:\${XXXX}/{;`],
    ['in quotes', 'listen {{ x }}; return 200 "a {{ b }}";', `listen \${XXXX}; return 200 "a \${XXXX}";`],
    [
      'a value alone on its line is lines',
      'listen {{ p }};\n  {{ extra }}\nroot /;',
      `listen \${XXXX};\n             \nroot /;`,
    ],
    ['but not in the middle of a directive', 'server_name\n  {{ names }}\n;', `server_name\n  \${XXXXXXXX}\n;`],
    ['a directive that is a value', '{{ directive }} on;', `\${XXXXXXXXXXXX} on;`],
    ['control is blank', 'listen 80{% if ssl %} ssl{% endif %};', 'listen 80             ssl           ;'],
    ['but within a word', 'root /{% if a %}b{% endif %}/c{{;', `root /\${XXXXXXX}b\${XXXXXXXX}/c{{;`],
    ['lines stay', 'a {{ b }};\n{% set c =\n  1 %}\nd;', `a \${XXXX};\n          \n      \nd;`],
  ])('%s', (_, text, expected) => {
    const { tree } = read(text)
    expect(tree.text).toBe(expected)
    expect(print(tree)).toBe(text)
  })

  test('words are shown as they are written, and mean what nobody knows', () => {
    const [statement] = read('proxy_pass http://{{ a }};').tree.statements
    expect(statement?.words.map(({ raw, value }) => [raw, value])).toEqual([
      ['proxy_pass', 'proxy_pass'],
      ['http://{{ a }}', `http://\${XXXX}`],
    ])
  })

  test.each<[string, string, string, boolean | undefined]>([
    ['what nginx reads is none, whatever is in its quotes', '/a.conf', 'return 200 "{{ x }}";', undefined],
    ['but by its name', '/a.conf.j2', 'return 200 "{{ x }}";', false],
    ['a name without tags', '/a.conf.j2', 'listen 80;', undefined],
    ['Lua', '/a.conf', 'content_by_lua_block { t = {{1, 2}, {3, 4}} }', undefined],
    ['an error that has nothing to do with it', '/a.conf', 'listen 80\n', undefined],
    ['values leave all lines certain', '/a.conf', 'listen {{ p }};', false],
    ['control does not', '/a.conf', 'listen {{ p }}; {% if a %} root /; {% endif %}', true],
    ['nor do lines of their own', '/a.conf', 'listen {{ p }};\n{{ more }}\n', true],
    ['the environment', '/a.conf.template', `listen \${PORT};`, false],
    ['the environment, whole blocks', '/a.conf.template', `\${BLOCK}\nserver { listen \${PORT}; }`, true],
  ])('%s', (_, path, text, isOpen) => expect(read(text, path).template?.isOpen).toBe(isOpen))

  test('offsets stay, whatever the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '<%',
      '%>',
      '{#',
      '#}',
      'if ',
      'a',
      ' ',
      '\n',
      ';',
      '{',
      '}',
      '$X',
      '#',
      '"',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom('/t.conf', '/t.j2', '/t.template'),
        (pieces, path) => {
          const text = pieces.join('')
          const { tree } = read(text, path)
          expect(print(tree)).toBe(text)
          expect(tree.text.length).toBe(text.length)
          expect(tree.text.split('\n').length).toBeLessThanOrEqual(text.split('\n').length)
        },
      ),
    )
  })
})
