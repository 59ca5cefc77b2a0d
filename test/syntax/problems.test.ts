import { describe, expect, test } from '@jest/globals'
import { applyEdits, parse, print, SourceFile, textOfBytes } from '../../src/syntax/index.ts'
import { outline, positionOf, problemsOf, smallGrammar, treeOf } from './trees.ts'

interface Row {
  readonly text: string
  readonly says: readonly string[]
  /** The statements that are read all the same. */
  readonly reads: string
  /** The text with every repair made; undefined where there is none. */
  readonly repaired?: string
  /** The text with every guess made; undefined where there is none. */
  readonly guessed?: string
}

const lines = (...all: string[]) => all.join('\n')

const rows: Record<string, Row> = {
  'a semicolon too many': {
    text: 'a;; b; ;',
    says: ['1:3 unexpected ";": nothing stands before it', '1:8 unexpected ";": nothing stands before it'],
    reads: 'a; b;',
    repaired: 'a; b; ',
  },
  'a semicolon behind a block': {
    text: 'a { };\nb;',
    says: ['1:6 unexpected ";": nothing stands before it'],
    reads: 'a { } b;',
    repaired: 'a { }\nb;',
  },
  'a block without a name': {
    text: 'a; { b; } c;',
    says: ['1:4 unexpected "{": a block needs a name before it'],
    reads: 'a;  { b; } c;',
  },
  'a closing brace too many': {
    text: 'a { } } b;',
    says: ['1:7 unexpected "}": no block is open here'],
    reads: 'a { } b;',
  },
  'a forgotten semicolon at the end of a block': {
    text: 'a { b c } d;',
    says: ['1:8 unexpected "}": missing ";" after "b c"'],
    reads: 'a { b c! } d;',
    repaired: 'a { b c; } d;',
  },
  'a forgotten semicolon at the end of a block, behind a quote': {
    text: 'a { b "c"} d;',
    says: ['1:10 unexpected "}": missing ";" after "b "c""'],
    reads: 'a { b "c"! } d;',
    repaired: 'a { b "c";} d;',
  },
  'a forgotten semicolon at the end of the file': {
    text: 'a;\nb c # d\n',
    says: ['2:4 unexpected end of file: missing ";" after "b c"'],
    reads: 'a; b c!',
    repaired: 'a;\nb c; # d\n',
  },
  'what is no directive': {
    text: lines('a;', 'root@web:~# cat nginx.conf'),
    says: ['2:1 unexpected end of file: "root@web:~# cat nginx.conf" is no directive; remove it, or begin it with "#"'],
    reads: 'a; root@web:~# cat nginx.conf!',
  },
  'what is no directive, and takes the next line along': {
    text: lines('a {', '  ... more', '  b c', '}'),
    says: ['2:3 unexpected "}": "... more" is no directive; remove it, or begin it with "#"'],
    reads: 'a { ... more b c! }',
  },
  'what is no directive, in a block': {
    text: 'a { ... } b;',
    says: ['1:5 unexpected "}": "..." is no directive; remove it, or begin it with "#"'],
    reads: 'a { ...! } b;',
  },
  'a header, or what a template puts in': {
    text: 'a { X-Real-IP $x } b { <%= c %> } $d',
    says: [
      '1:17 unexpected "}": missing ";" after "X-Real-IP $x"',
      '1:32 unexpected "}": missing ";" after "<%= c %>"',
      '1:37 unexpected end of file: missing ";" after "$d"',
    ],
    reads: 'a { X-Real-IP $x! } b { <%= c %>! } $d!',
    repaired: 'a { X-Real-IP $x; } b { <%= c %>; } $d;',
  },
  'a forgotten semicolon, the next line being a directive': {
    text: lines('server {', '  root /x # here', '  proxy_set_header A b', '  return 204;', '}'),
    says: ['2:10 missing ";" after "root /x"', '3:23 missing ";" after "proxy_set_header A b"'],
    reads: 'server { root /x! proxy_set_header A b! return 204; }',
    repaired: lines('server {', '  root /x; # here', '  proxy_set_header A b;', '  return 204;', '}'),
  },
  'a forgotten semicolon before a block': {
    text: lines('root /x', 'server {', '}'),
    says: ['1:8 missing ";" after "root /x"'],
    reads: 'root /x! server { }',
    repaired: lines('root /x;', 'server {', '}'),
  },
  'two forgotten semicolons, the second at a closing brace': {
    text: lines('server {', 'root /x', 'return 204 }', 'a;'),
    says: ['2:8 missing ";" after "root /x"', '3:11 unexpected "}": missing ";" after "return 204"'],
    reads: 'server { root /x! return 204! } a;',
    repaired: lines('server {', 'root /x;', 'return 204; }', 'a;'),
  },
  'the line after a forgotten semicolon is no directive: nothing is certain': {
    text: lines('root /x', '/y;'),
    says: [],
    reads: 'root /x /y;',
  },
  'a forgotten semicolon behind a directive that takes some words only': {
    text: lines('server {', '  listen 80', '    ssl', '  server_name x', '    y;', '}'),
    says: ['3:8 missing ";" after "listen 80 ssl"'],
    reads: 'server { listen 80 ssl! server_name x y; }',
    repaired: lines('server {', '  listen 80', '    ssl;', '  server_name x', '    y;', '}'),
  },
  'a forgotten semicolon behind a server of an upstream': {
    text: lines('upstream u {', '  server a', '  server b', '    backup;', '}'),
    says: ['2:11 missing ";" after "server a"'],
    reads: 'upstream u { server a! server b backup; }',
    repaired: lines('upstream u {', '  server a;', '  server b', '    backup;', '}'),
  },
  'an opening brace right behind a "$", as of a variable': {
    text: lines('server {', '  location ~ \\.php${', '    root /x;', '  }', '}'),
    says: [`2:14 the "{" behind "$" is read as a part of "\\.php\${", and opens no block: put a blank before it`],
    reads: `server { location ~ \\.php\${ { root /x; }! }`,
    repaired: lines('server {', '  location ~ \\.php$ {', '    root /x;', '  }', '}'),
  },
  'a forgotten opening brace where nobody knows which server it is': {
    text: lines('server', '  listen 80;', '}'),
    says: ['1:1 missing "{" after "server"'],
    reads: 'server { listen 80; }!',
    repaired: lines('server {', '  listen 80;', '}'),
  },
  'servers of which nobody knows what they are: another one ends the first': {
    text: lines('server a', 'server b', '  backup;'),
    says: ['1:9 missing ";" after "server a"'],
    reads: 'server a! server b backup;',
    repaired: lines('server a;', 'server b', '  backup;'),
  },
  'servers of which nobody knows what they are: a directive shows what it is': {
    text: lines('server a', '  listen 80;', '}'),
    says: ['1:1 directive "server" has no opening "{"'],
    reads: 'server a listen 80;',
  },
  'a server that lacks its block, as a closing brace tells': {
    text: lines('server {', '}', 'server x listen 80;', '  root /x;', '}', '}'),
    says: ['3:1 directive "server" has no opening "{"', '6:1 unexpected "}": no block is open here'],
    reads: 'server { } server x listen 80; root /x;',
  },
  'the servers of an upstream, and a closing brace too many': {
    text: lines('server a;', 'server b;', '}'),
    says: ['3:1 unexpected "}": no block is open here'],
    reads: 'server a; server b;',
  },
  'a server without arguments and block where nobody knows which server it is': {
    text: lines('server;', '  listen 80;', '}'),
    says: ['1:1 directive "server" has no opening "{"'],
    reads: 'server; listen 80;',
  },
  'a line that starts with one of these words is no new directive': {
    text: lines('listen 80', 'ssl;', 'listen 81', 'x y;'),
    says: [],
    reads: 'listen 80 ssl; listen 81 x y;',
  },
  'no semicolon is missing before the first argument': {
    text: lines('listen', 'return;'),
    says: [],
    reads: 'listen return;',
  },
  'the words of one line are never split': { text: 'root /x return 204;', says: [], reads: 'root /x return 204;' },
  'a forgotten semicolon in a map': {
    text: lines('map a b {', '  c d', '  "e" f', '  g h;', '}'),
    says: ['2:6 missing ";" after "c d"', '3:8 missing ";" after ""e" f"'],
    reads: 'map a b { c d! "e" f! g h; }',
    repaired: lines('map a b {', '  c d;', '  "e" f;', '  g h;', '}'),
  },
  'a forgotten opening brace': {
    text: lines('http {', '  server', '    listen 80;', '    location /', '      return 204;', '  }', '}', '}'),
    says: ['2:3 missing "{" after "server"', '4:5 missing "{" after "location /"'],
    reads: 'http { server { listen 80; location / { return 204; }! }! }',
    repaired: lines('http {', '  server {', '    listen 80;', '    location / {', '      return 204;', '  }', '}', '}'),
  },
  'no block where one must be': {
    text: 'http { server; location /; }',
    says: ['1:8 directive "server" has no opening "{"', '1:16 directive "location" has no opening "{"'],
    reads: 'http { server; location /; }',
  },
  'the closing brace of a block that was not opened is no second mistake': {
    text: 'http { server; listen 80; } }',
    says: ['1:8 directive "server" has no opening "{"'],
    reads: 'http { server; listen 80; }',
  },
  'a closing brace where a block must be': {
    text: 'http { location / }',
    says: ['1:8 unexpected "}": "location /" has no block'],
    reads: 'http { location /! }',
  },
  'the end of the file where a block must be': {
    text: 'location /',
    says: ['1:1 unexpected end of file: "location /" has no block'],
    reads: 'location /!',
  },
  'a block where none may be': {
    text: 'root /x { a; } b;',
    says: ['1:9 directive "root" is not terminated by ";"'],
    reads: 'root /x { a; } b;',
  },
  'a stray opening brace and what it leaves open are one mistake': {
    text: lines('http {', '  root /x {', '  listen 80;', '}'),
    says: ['2:11 directive "root" is not terminated by ";"'],
    reads: 'http { root /x { listen 80; } }!',
  },
  'a block among rows': {
    text: 'map a b { c { d e; } }',
    says: ['1:13 unexpected "{": "map" holds rows, not blocks'],
    reads: 'map a b { c { d e; } }',
  },
  'a directive with a block among rows: they were not closed': {
    text: lines('map a b {', '  c d', 'server {', '  listen 80;', '}'),
    says: ['1:1 missing "}" for "map a b {"', '2:6 missing ";" after "c d"'],
    reads: 'map a b { c d! }! server { listen 80; }',
    repaired: lines('map a b {', '  c d;', 'server {', '  listen 80;', '}'),
  },
  'a server block in an upstream: it was not closed': {
    text: lines('http {', 'upstream u {', '  server a;', 'server {', '  listen 80;', '}', '}'),
    says: ['2:1 missing "}" for "upstream u {"'],
    reads: 'http { upstream u { server a; }! server { listen 80; } }',
  },
  'an open block': {
    text: 'a {\n  b {\n  c;\n',
    says: ['2:3 unexpected end of file: missing "}" for "b {"'],
    reads: 'a { b { c; }! }!',
  },
  'an open block without a name': {
    text: '{ a;',
    says: ['1:1 unexpected "{": a block needs a name before it', '1:1 unexpected end of file: missing "}" for "{"'],
    reads: ' { a; }!',
  },
  'an open block that indentation gives away': {
    text: lines('a {', '  b {', '    c;', '  d {', '    e;', '  }', '}'),
    says: ['2:3 unexpected end of file: missing "}" for "b {"'],
    reads: 'a { b { c; d { e; } } }!',
  },
  'the innermost of the blocks that closed too late': {
    text: lines('a {', '  b {', '    c {', '      d;', '  }', '}'),
    says: ['3:5 unexpected end of file: missing "}" for "c {"'],
    reads: 'a { b { c { d; } } }!',
  },
  'something right behind a quote': {
    text: 'a "b"c "d"€ "e""f";',
    says: [
      '1:6 unexpected "c" after the closing quote: put a blank between them, or quote the whole word',
      '1:11 unexpected "€" after the closing quote: put a blank between them, or quote the whole word',
      '1:16 unexpected """ after the closing quote: put a blank between them, or quote the whole word',
    ],
    reads: 'a "b" c "d" € "e" "f";',
  },
  'something right behind a quote that spans lines on purpose': {
    text: 'a "b\nc"d;\ne;',
    says: ['2:3 unexpected "d" after the closing quote: put a blank between them, or quote the whole word'],
    reads: 'a "b\nc" d; e;',
  },
  'a control character behind a quote': {
    text: 'a "b"\0;',
    says: ['1:6 unexpected "\u{fffd}" after the closing quote: put a blank between them, or quote the whole word'],
    reads: 'a "b" \0;',
  },
  'an unclosed quote': {
    text: lines('a "b; # c', "d 'e {", '  f;', '}'),
    says: ['1:3 missing closing " after "b', "2:3 missing closing ' after 'e"],
    reads: `a "b; d 'e { f; }`,
    guessed: lines('a "b"; # c', "d 'e {", '  f;', '}'),
  },
  'an unclosed quote and a forgotten semicolon: the end is a guess': {
    text: lines('add_header A "b', 'add_header C "d";'),
    says: ['1:14 missing closing " after "b', '1:16 missing ";" after "add_header A "b"'],
    reads: 'add_header A "b! add_header C "d";',
  },
  'an unclosed quote at the end of the file': {
    text: 'a "',
    says: ['1:3 missing closing " after "', '1:4 unexpected end of file: missing ";" after "a ""'],
    reads: 'a "!',
  },
  'an unclosed quote in a block of one line': {
    text: lines('server {', '  location / { return 200 "a; }', '  root /x;', '}'),
    says: ['2:27 missing closing " after "a'],
    reads: 'server { location / { return 200 "a; } root /x; }',
    guessed: lines('server {', '  location / { return 200 "a"; }', '  root /x;', '}'),
  },
  'an unclosed quote that swallows an opening brace': {
    text: 'server {\n  if ($a = "b) { return 204; }\n}\n',
    says: ['2:12 missing closing " after "b) { return 204'],
    reads: 'server { if ($a = "b) { return 204; }',
  },
  'a quantifier without quotes': {
    text: 'location ~ ^/a{2}(b{3,}|c{1,2})$ { } location ~ "^/a{2}$" { }',
    says: ['1:12 the "{" in ^/a{2}(b{3,}|c{1,2})$ opens a block: put the word in quotes'],
    reads: 'location ~ ^/a{2}(b{3,}|c{1,2})$ { } location ~ "^/a{2}$" { }',
    repaired: 'location ~ "^/a{2}(b{3,}|c{1,2})$" { } location ~ "^/a{2}$" { }',
  },
  'a quantifier in a word with quotes': {
    text: 'location ~ a"{2}$ { }',
    says: ['1:12 the "{" in a"{2}$ opens a block: put the word in quotes'],
    reads: 'location ~ a"{2}$ { }',
  },
  'a long word': {
    text: `a ${'b'.repeat(4096)} c;`,
    says: ['1:3 too long parameter bbbbbbbbbb…: nginx takes no more than 4095 bytes'],
    reads: `a ${'b'.repeat(4096)} c;`,
  },
  'a long quoted word over lines': {
    text: `a "${'b\n'.repeat(2100)}" c;`,
    says: ['1:3 too long parameter "b b b b b…: nginx takes no more than 4095 bytes'],
    reads: `a "${'b\n'.repeat(2100)}" c;`,
  },
  'a long comment': {
    text: `a;\n #${'b'.repeat(4096)}\nc;`,
    says: ['2:2 too long comment: nginx takes no more than 4095 bytes in one line'],
    reads: 'a; c;',
  },
  'long words are shortened in messages': {
    text: `set ${'x'.repeat(50)}\n   ${'y'.repeat(50)} }`,
    says: [
      `2:54 unexpected "}": missing ";" after "set ${'x'.repeat(36)} … ${'y'.repeat(16)}"`,
      '2:55 unexpected "}": no block is open here',
    ],
    reads: `set ${'x'.repeat(50)} ${'y'.repeat(50)}!`,
    repaired: `set ${'x'.repeat(50)}\n   ${'y'.repeat(50)}; }`,
  },
  'a forgotten semicolon behind a backslash, which would make a letter of it': {
    text: 'root /a\\',
    says: ['1:9 unexpected end of file: missing ";" after "root /a\\"'],
    reads: 'root /a\\!',
  },
  'columns count characters': {
    text: 'ä "€" 😀 "b"c;',
    says: ['1:12 unexpected "c" after the closing quote: put a blank between them, or quote the whole word'],
    reads: 'ä "€" 😀 "b" c;',
  },
  'columns do not count a byte order mark': {
    text: '\u{feff};\n\u{feff};',
    says: [],
    reads: '\u{feff}; \u{feff};',
  },
}

describe('problems, and how the parser goes on', () => {
  test.each(Object.entries(rows))('%s', (_, { text, says, reads, repaired, guessed }) => {
    const tree = treeOf(text)
    expect(problemsOf(tree)).toEqual(says)
    expect(outline(tree.statements)).toBe(reads)
    expect(print(tree)).toBe(tree.source.text)
    const repairs = tree.problems.flatMap((problem) => problem.repair ?? [])
    if (repaired === undefined) expect(repairs).toEqual([])
    else {
      const mended = applyEdits(tree.source.text, repairs)
      expect(mended).toBe(treeOf(repaired).source.text)
    }
    const guesses = tree.problems.flatMap(({ guess }) => guess ?? [])
    expect(guesses.length > 0 ? applyEdits(tree.source.text, guesses) : undefined).toBe(guessed)
  })

  test.each([
    ['root "/srv/a;', 'root "/srv/a";'],
    ["b 'it works ; # c", undefined],
    ["root '/a ;", "root '/a' ;"],
    ['proxy_set_header Connection "keep-alive, upgrade;', 'proxy_set_header Connection "keep-alive, upgrade";'],
    ['add_header A "b always;', undefined],
    ["root '/a\\\\;", undefined],
    ['root "/b\';', undefined],
    ['root "/{x}/c;', undefined],
    ['root "a; b;', undefined],
    ['root ";', undefined],
    ['root "a', undefined],
  ])('an unclosed quote is closed where it can be in one place only: %s', (text, guessed) => {
    const tree = treeOf(`${text}\nb;`)
    const guesses = tree.problems.flatMap(({ guess }) => guess ?? [])
    expect(tree.problems[0]?.message).toMatch(/^missing closing/)
    expect(guesses.length > 0 ? applyEdits(text, guesses) : undefined).toBe(guessed)
  })

  test('the misindented brace is shown', () => {
    const tree = treeOf(lines('a {', '  b {', '    c;', '}'))
    const [problem] = tree.problems
    expect(problem?.related?.message).toBe('this "}" closes it, but is indented for an outer block')
    expect(positionOf(tree, problem?.related?.start as number)).toBe('4:1')
  })

  test('invalid UTF-8 is shown as what it is', () => {
    const source = new SourceFile('x', textOfBytes(Uint8Array.of(97, 32, 0xff, 34, 98, 34, 0xe2, 0x82, 59)))
    const tree = parse(source, smallGrammar)
    expect(problemsOf(tree)).toEqual([])
    const broken = parse(new SourceFile('x', 'a "b"\xe2\x82;'), smallGrammar)
    expect(problemsOf(broken)).toEqual([
      '1:6 unexpected "\u{fffd}" after the closing quote: put a blank between them, or quote the whole word',
    ])
    expect(print(broken)).toBe(broken.source.text)
  })

  test('without a grammar only tokens and braces are judged', () => {
    const text = 'http;\nroot /x { }\nmap a b { c { } }\nroot /x\nreturn 204;'
    expect(parse(new SourceFile('x', text)).problems).toEqual([])
  })
})
