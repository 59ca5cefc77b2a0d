// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how nginx writes variables
/**
 * nginx is the judge of what is well-formed. Each row is read by `nginx -t` and by us: we must find trouble where nginx
 * refuses while it reads tokens and blocks, and nowhere else, and our first problem stands on nginx's line, unless the
 * row tells why ours is the better one.
 */
import { describe, expect } from '@jest/globals'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parse, SourceFile } from '../../src/syntax/index.ts'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { nginxTest, TEMPORARY_PATHS } from '../e2e/nginx.ts'
import { makeTree } from '../e2e/tree.ts'

/** Puts rows into `http`; they start in line 2. */
const http = (rows: string) => `events {} http { access_log off; ${TEMPORARY_PATHS}\n${rows}\n}\n`
const server = (rows: string) => http(`server { listen 127.0.0.1:1;\n${rows}\n}`)

/** A `log_format`, which takes any number of words. */
const words = (text: string) => http(`log_format ${text};`)
const bytes = (count: number) => 'x'.repeat(count)

const accepted: Record<string, string> = {
  'an empty file': 'events {}',
  'blanks of all kinds': 'events\t\r\n{ \r } \n\t',
  'lone CRs as line ends': 'events {}\renv A;\renv B;\r',
  'CR LF': 'events {}\r\nenv A;\r\n',
  'a comment between arguments': words('a b # c; }\n d'),
  'a comment between a name and its block': 'events # {\n{}',
  'a comment at the very end, without line feed': 'events {} # {',
  'a comment that ends in a CR': 'events {}# x\r\n',
  'a hash inside a word': words('a#b c'),
  'a comment right behind ";", "{" and "}"': 'events {#a}\n}#b}\nenv A;#c}\n',
  'a quote inside a word': words(`a b"c d'e`),
  'a blank in quotes': 'events {} env "A B";',
  'a line feed in quotes': 'events {} env "A\nB";',
  'the other quote in quotes': words(`a "it's" 'say "x"'`),
  'an escaped quote in quotes': words(`a "\\"" '\\''`),
  'an escaped backslash before the closing quote': words('a "b\\\\"'),
  'special bytes in quotes': words(`a "{};#" '{};#'`),
  'empty quotes': words(`a "" ''`),
  'a quoted name': `"events" {} 'env' A;`,
  'an escaped blank, ";", "{" and line feed': words('a b\\ c d\\;e f\\{g h\\\ni'),
  'a closing parenthesis behind a quote': server('if ($uri = "b") { }'),
  'a closing parenthesis and more behind a quote': words('a "b")c'),
  'a block right behind a quote': server('location "/a"{ }'),
  'a semicolon right behind a quote': 'events {} env "A";',
  'a variable in braces': words('a ${uri}b'),
  'a variable in braces at the end of a word': words('a b${uri}'),
  'a dollar and several braces': 'events {} env A${{{B;',
  'two dollars before a brace': 'events {} env A$${B;',
  'a closing brace inside a word': words('a b}c'),
  'a closing brace that ends a word': words('a b}'),
  'blocks without blanks': 'events{}http{server{listen 127.0.0.1:1;location /{}}}'.replace(
    'http{',
    `http{access_log off; ${TEMPORARY_PATHS}`,
  ),
  'several statements on a line': 'events {} env A; env B; env C;',
  'a statement over several lines': words('a\n  b\n\n  c\n'),
  'bytes that are no UTF-8': words('a \xff\xfe\x80'),
  'UTF-8': words('a \xc3\xa9 "\xe2\x82\xac"'),
  'a no-break space inside a word': words('a b\xc2\xa0c'),
  'vertical tab and form feed inside a word': words('a b\x0bc\x0cd'),
  'rows of a map': http('map $uri $v { default 0; "a b" 1; volatile; hostnames; ~^/x 2; }'),
  'rows named as directives are': http('map $uri $v { server 1; location 2; if 3; }'),
  'rows of types over lines': http('types {\n a/b c\n d e;\n f/g h;\n}'),
  'rows of geo': http('geo $v { ranges; default 0;\n 10.0.0.0-10.0.0.9 1; }'),
  'rows of split_clients': http('split_clients $uri $v { 1.5% a; * b; }'),
  'an empty block of rows': http('map $uri $v { }'),
  'server in upstream and in http': http('upstream u { server 127.0.0.1:1; } server { listen 127.0.0.1:1; }'),
  'braces of a regex in quotes': server('location ~ "^/a{2}$" { }'),
  'parameters over lines, one of which is called as a directive is': server('listen 127.0.0.1:2\nbacklog=5\nhttp2;'),
  'a row of words over lines where a line starts with a directive': words('a\n server b\n'),
}

const refused: Record<string, string> = {
  'a second semicolon': 'events {}\nenv A;\n;',
  'a semicolon behind a block': 'events {};',
  'a semicolon at the start': ';events {}',
  'a semicolon at the start of a block': 'events {\n;}',
  'a block without a name': 'events {}\n{ }',
  'a block behind a block': 'events {}\n{ env A; }',
  'a block behind a semicolon': 'events {}\nenv A; { }',
  'a closing brace too many': 'events {}\n}',
  'a closing brace at the start': '}',
  'a closing brace behind words': 'events { accept_mutex on }',
  'a closing brace behind a quoted word': `events { accept_mutex "on" }`,
  'a closing brace right behind a quoted word': `events { accept_mutex "on"}`,
  'a word right behind a quote': 'events {}\nenv "A"B;',
  'a quote right behind a quote': 'events {}\nenv "A""B";',
  'the other quote right behind a quote': `events {}\nenv "A"'B';`,
  'a comment right behind a quote': 'events {}\nenv "A"#B\n;',
  'a backslash right behind a quote': 'events {}\nenv "A"\\ ;',
  'a dollar right behind a quote': 'events {}\nenv "A"$B;',
  'a NUL right behind a quote': 'events {}\nenv "A"\0;',
  'a byte of UTF-8 right behind a quote': 'events {}\nenv "A"\xc3\xa9;',
  'a vertical tab right behind a quote': 'events {}\nenv "A"\x0b;',
  'a quote that spans lines on purpose, with more behind it': 'events {}\nenv\n"A\nB"C;',
  'words at the end of the file': 'events {}\nenv A',
  'a quoted word at the end of the file': 'events {}\nenv "A"',
  'an unclosed quote in the last line': 'events {}\nenv "A;',
  'an escape at the end of the file': 'events {}\nenv A\\',
  'a dollar at the end of the file': 'events {}\nenv $',
  'an open block in one line': 'events {',
  'an open block behind words, in one line': 'events { accept_mutex on; ',
  'no block where there must be one': 'events {}\nhttp;',
  'no block where there must be one, with arguments': server('location / ;'),
  'a block where there must be none': 'events {}\nenv A { }',
  'a block in a map': http('map $uri $v {\na {\n} }'),
  'a block in types': http('types {\na/b {\n} }'),
  'a block in geo': http('geo $v {\n1 {\n} }'),
  'server without a block in http': http('server;'),
  'server with an address in http': http('server 127.0.0.1:1;'),
  'escaped quote that so does not close': 'events {}\nenv "A\\";',
  'an escaped dollar before a brace': words('a b\\${uri}'),
  'a brace behind a dollar and another byte': words('a $b{c'),
}

/** Our line, nginx's line, and why ours is better. */
const better: Record<string, { conf: string; lines: [number, number]; because: string }> = {
  'a forgotten semicolon before a brace': {
    conf: 'events {\naccept_mutex on\n}',
    lines: [2, 3],
    because: 'the ";" belongs at the end of the statement',
  },
  'a forgotten semicolon at the end of the file': {
    conf: 'events {}\nenv A\n\n',
    lines: [2, 4],
    because: 'the ";" belongs at the end of the statement',
  },
  'a forgotten semicolon before a block': {
    conf: 'events {}\nworker_processes 1\nhttp { }',
    lines: [2, 3],
    because: 'the ";" belongs at the end of the statement',
  },
  'a forgotten opening brace': {
    conf: server('location /\nreturn 204;\n}'),
    lines: [3, 4],
    because: 'the "{" belongs behind the head',
  },
  'an opening brace forgotten behind server': {
    conf: http('server\nlisten 127.0.0.1:1;\n}'),
    lines: [2, 3],
    because: 'the "{" belongs behind the head',
  },
  'a forgotten opening brace, over lines': {
    conf: 'events {}\nhttp\n;',
    lines: [2, 3],
    because: 'the name is what lacks the block',
  },
  'a block that is never closed': {
    conf: 'events {\naccept_mutex on;\n',
    lines: [1, 3],
    because: 'the open brace is what lacks the other',
  },
  'an inner block that is never closed': {
    conf: http('server {\n  location / {\n    return 204;\n}'),
    lines: [3, 7],
    because: 'indentation shows which one',
  },
  'a map that is never closed': {
    conf: http('map $uri $v {\n default 1;\nserver {\nlisten 127.0.0.1:1;\n}'),
    lines: [2, 4],
    because: 'the map lacks its brace',
  },
  'an upstream that is never closed': {
    conf: http('upstream u {\n server 127.0.0.1:1;\nserver {\nlisten 127.0.0.1:1;\n}'),
    lines: [2, 4],
    because: 'the upstream lacks its brace',
  },
  'a quote that runs into the next one': {
    conf: 'events {}\nenv "A;\nenv B;\nenv "C";',
    lines: [2, 4],
    because: 'the first quote is the one that was not closed',
  },
  'a quote that runs to the end of the file': {
    conf: 'events {}\nenv "A;\nenv B;\n',
    lines: [2, 4],
    because: 'the quote is what lacks the other',
  },
}

/** nginx refuses these as well, but for a later reason; we know what was meant. */
const refusedForAnotherReason: Record<string, { conf: string; line: number; nginx: RegExp }> = {
  'a regex with braces and no quotes': {
    conf: server('location ~ ^/a{2}$ { }'),
    line: 3,
    nginx: /unknown directive "2}\$"/,
  },
  'a map row that lacks its semicolon': {
    conf: http('map $uri $v {\n a b\n c d;\n}'),
    line: 3,
    nginx: /invalid number of the map parameters/,
  },
  'a directive that lacks its semicolon': {
    conf: server('root /x\nindex a;'),
    line: 3,
    nginx: /invalid number of arguments/,
  },
  'a directive that takes some words only, and lacks its semicolon': {
    conf: http('server {\nlisten 127.0.0.1:1\nserver_name x;\n}'),
    line: 3,
    nginx: /invalid parameter "server_name"/,
  },
  'a server of an upstream that lacks its semicolon': {
    conf: http('upstream u {\nserver 127.0.0.1:1\nserver 127.0.0.1:2;\n}'),
    line: 3,
    nginx: /invalid parameter "server"/,
  },
}

/** Words around nginx's buffer of 4096 bytes: how they are written, and what follows. */
const edges = [4093, 4094, 4095, 4096, 4097, 4098].flatMap((size) =>
  ['', '"', "'"].flatMap((quote) =>
    [';', ' ;', '\n;', '\t;', '  ;', '\r\n;', ' # c\n;', '', ' ', '\n'].map((next): [string, string] => [
      `${size} bytes in ${quote || 'no quotes'}, then ${JSON.stringify(next)}`,
      `events {}\nenv ${quote}${bytes(size)}${quote}${next}`,
    ]),
  ),
)
const blockEdges = [4093, 4094, 4095, 4096, 4097, 4098].flatMap((size) =>
  ['', '"'].flatMap((quote) =>
    ['{', ' {', '\n{'].map((next): [string, string] => [
      `${size} bytes in ${quote || 'no quotes'}, then ${JSON.stringify(next)}`,
      `${server(`location ${quote}/${bytes(size - 1)}${quote}${next}}`)}`,
    ]),
  ),
)
const parenthesisEdges = [4093, 4094, 4095, 4096, 4097].map((size): [string, string] => [
  `${size} bytes in quotes, then a parenthesis`,
  server(`if ($uri = "${bytes(size)}") { }`),
])
const commentEdges = [4093, 4094, 4095, 4096, 4097, 4098].flatMap((size) =>
  ['', '\n', '\r\n', '\n;', '\n\n;', '\n  ;'].flatMap((next) =>
    (next.endsWith(';') ? ['events {}\nenv A '] : ['events {}\n', 'events {} ']).map((before): [string, string] => [
      `a comment of ${size} bytes behind ${JSON.stringify(before)}, then ${JSON.stringify(next)}`,
      `${before}#${bytes(size - 1)}${next}`,
    ]),
  ),
)
const otherEdges: [string, string][] = [
  ['4096 blanks', `events {}${' '.repeat(5000)}env A;`],
  ['an escape at the edge', `events {}\nenv ${bytes(4094)}\\ ;`],
  ['an escape over the edge', `events {}\nenv ${bytes(4095)}\\ ;`],
  ['a long word that no blank precedes', `events {}${'env A;'.repeat(700)}env ${bytes(4095)};`],
  ['an unclosed quote that fills the buffer', `events {}\nenv "${bytes(5000)}`],
  ['a long quote over lines', `events {}\nenv "${`${bytes(70)}\n`.repeat(70)}";`],
]

interface Verdict {
  /** Line of the first complaint about tokens or blocks. */
  readonly line: number | undefined
  readonly says: string
}

const ABOUT_SYNTAX =
  /^(unexpected (?!.* in condition)|directive ".*" (is not terminated by|has no opening)|too long parameter)/s

async function nginxReads(conf: string): Promise<Verdict & { readonly isSyntax: boolean }> {
  const tree = makeTree({ 'nginx.conf': conf })
  const { messages, raw } = await nginxTest(tree.dir)
  tree.remove()
  const refusal = messages.find(({ level }) => level === 'emerg')
  if (!refusal && !raw.includes('syntax is ok')) throw new Error(`nginx gave no verdict: ${raw}`)
  return { line: refusal?.line, says: refusal?.text ?? '', isSyntax: ABOUT_SYNTAX.test(refusal?.text ?? '') }
}

function weRead(conf: string): Verdict {
  const source = new SourceFile('nginx.conf', conf)
  const [problem] = parse(source, nginxGrammar).problems
  return { line: problem && source.lineAt(problem.start), says: problem?.message ?? '' }
}

const rows = <Row>(table: Record<string, Row>) => Object.entries(table)

describe('nginx and we agree', () => {
  describeWithNginx('on what is well-formed', (test) => {
    for (const [name, conf] of rows(accepted))
      test(name, async () => {
        expect(await nginxReads(conf)).toMatchObject({ says: '' })
        expect(weRead(conf).says).toBe('')
      })
  })

  describeWithNginx('on what is not, and on the line', (test) => {
    for (const [name, conf] of rows(refused))
      test(name, async () => {
        const nginx = await nginxReads(conf)
        expect(nginx).toMatchObject({ isSyntax: true })
        expect({ nginx: nginx.says, line: weRead(conf).line }).toEqual({ nginx: nginx.says, line: nginx.line })
      })
  })

  describeWithNginx('on what is not, and our line is better', (test) => {
    for (const [name, { conf, lines, because }] of rows(better))
      test(`${name}: ${because}`, async () => {
        const nginx = await nginxReads(conf)
        expect(nginx).toMatchObject({ isSyntax: true })
        expect([weRead(conf).line, nginx.line]).toEqual(lines)
      })
  })

  describeWithNginx('on what nginx refuses for a later reason', (test) => {
    for (const [name, { conf, line, nginx }] of rows(refusedForAnotherReason))
      test(name, async () => {
        expect((await nginxReads(conf)).says).toMatch(nginx)
        expect(weRead(conf).line).toBe(line)
      })
  })

  describeWithNginx('on the edges of its buffer', (test) => {
    const tables = { words: edges, 'words before a block': blockEdges, parenthesisEdges, commentEdges, otherEdges }
    for (const [title, table] of rows(tables))
      test(title, async () => {
        for (const [name, conf] of table) {
          const nginx = await nginxReads(conf)
          const us = weRead(conf)
          const tooLong = (verdict: Verdict) => verdict.says.startsWith('too long')
          expect({ name, tooLong: tooLong(us), refused: us.says !== '' }).toEqual({
            name,
            tooLong: tooLong(nginx) && !us.says.startsWith('missing closing'),
            refused: nginx.isSyntax,
          })
          if (tooLong(nginx)) expect({ name, line: us.line }).toEqual({ name, line: nginx.line })
        }
      })
  })
})
