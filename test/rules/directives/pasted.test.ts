import { expect, test } from '@jest/globals'
import { rules } from '../../../rules/index.ts'
import { fixWith, lintFiles } from '../lint-files.ts'
import { conf, testRule } from '../rule-tester.ts'

const NBSP = '\u{a0}'
const ZWSP = '\u{200b}'

testRule('directives/pasted', {
  clean: {
    'rows that look like a prompt': conf`
      me@example.com 1; # the boss
      you@example.com 0;
    `,
    'in quotes and comments': conf`
      http {
          # a${NBSP}b &amp; c
          add_header A "a${NBSP}b";
          add_header B "&quot;";
          log_format x '\`\`\`';
      }
    `,
    'characters that are seen': conf`http { server { server_name münchen.example; location /größe { return 204; } } }`,
    'an argument of a URL': conf`location / { return 302 /x?a&b; }`,
    'rows that begin with numbers': conf`
      1 a;
      2 b;
      3 c;
    `,
    'numbers that do not count lines': conf`
      map $status $x {
      1 a;
      2 b;
      }
    `,
    'tags that may be meant': conf`http { server { location / { return 200 <p>x</p>; sub_filter <pre> <br>; } } }`,
    'a template': conf`
      {{ x }}
      listen${NBSP}80;
    `,
  },
  caught: {
    'a no-break space between words': {
      bad: conf`
        http {
            server {
                listen«${NBSP}»80;
                location /ws/${NBSP}{ return 204; }
            }
        }
      `,
      says: [
        'the blank here is U+00A0, which nginx takes for a part of the word, on 2 lines from here on: type an ordinary one',
      ],
      fixed: conf`
        http {
            server {
                listen 80;
                location /ws/ { return 204; }
            }
        }
      `,
    },
    'in values alone nginx may start': {
      bad: conf`http { server { location /ws/«${NBSP}»{ return 204; } } }`,
      says: ['the blank here is U+00A0, which nginx takes for a part of the word: type an ordinary one'],
      severity: 'warn',
      fixed: conf`http { server { location /ws/ { return 204; } } }`,
      unsafe: true,
    },
    'in the key of a map': {
      bad: conf`http { map $uri $x { a«${NBSP}»b c; } }`,
      says: ['the blank here is U+00A0, which nginx takes for a part of the word: type an ordinary one'],
      severity: 'warn',
      fixed: conf`http { map $uri $x { a b c; } }`,
      unsafe: true,
    },
    'what takes no room': {
      bad: conf`http { server { «${ZWSP}»listen 80${ZWSP}; } }`,
      says: ['an invisible U+200B stands here, which nginx takes for a part of the word: remove it'],
      fixed: conf`http { server { listen 80; } }`,
    },
    'a byte order mark': {
      bad: conf`«${'\u{feff}'}»user x; http { }`,
      says: [
        'a byte order mark (BOM, U+FEFF) stands here, which nginx takes for a part of the word: save the file as UTF-8 without it',
      ],
      fixed: conf`user x; http { }`,
    },
    'a byte order mark before a comment, which it makes words of': {
      bad: conf`«${'\u{feff}'}»# by hand
        user x; http { }`,
      says: [
        'a byte order mark (BOM, U+FEFF) stands here, which nginx takes for a part of the word: save the file as UTF-8 without it',
      ],
      fixed: conf`# by hand
        user x; http { }`,
    },
    'a byte order mark of a file that was added to another': {
      bad: conf`user x; «${'\u{feff}'}»http { }`,
      says: ['an invisible U+FEFF stands here, which nginx takes for a part of the word: remove it'],
      fixed: conf`user x; http { }`,
    },
    'all that indents': {
      bad: conf`
        http {
        «${NBSP}»   gzip on;
        ${NBSP}   server { listen 80; }
        }
      `,
      says: [
        'the blank here is U+00A0, which nginx takes for a part of the word, on 2 lines from here on: type an ordinary one',
      ],
      fixed: conf`
        http {
            gzip on;
            server { listen 80; }
        }
      `,
    },
    'numbers of lines': {
      bad: '« 9 » http {\n10 \n11     gzip on;\n12 }\n',
      says: ['each line begins with its number, which was copied along: take the numbers away'],
      fixed: ' http {\n\n    gzip on;\n}\n',
    },
    'numbers of grep': {
      bad: '«1:»http {\n2:    gzip on;\n3:}\n',
      says: ['each line begins with its number, which was copied along: take the numbers away'],
      fixed: 'http {\n    gzip on;\n}\n',
    },
    'a quotation': {
      bad: '«> »http {\n>     gzip on;\n>\n> }\n',
      says: ['each line begins with ">", which was copied along: take them away'],
      fixed: 'http {\n    gzip on;\n\n}\n',
    },
    'the prompt of a shell': {
      bad: conf`
        «root@host:/etc/nginx# cat sites-enabled/default»
        server {
            listen 80;
        }
        root@host:/etc/nginx#
      `,
      says: ['"root@host:/etc/nginx# cat sites-enabled/…" is of a terminal, and no directive: remove the line'],
      fixed: conf`
        server {
            listen 80;
        }
      `,
    },
    'other prompts, and the name of the file': {
      bad: {
        'nginx.conf': 'include a.conf; include b.conf; include c.conf; include d.conf;',
        'a.conf': '«$ cat nginx.conf»\nhttp { }\n',
        'b.conf': '«[root@host nginx]# sudo cat nginx.conf»\n\nhttp { }\n',
        'c.conf': '«/etc/nginx/nginx.conf:»\nhttp { }\n',
        'd.conf': '«nginx.conf»\nhttp { }\n[me@host ~]$ \n',
      },
      says: [
        '"$ cat nginx.conf" is of a terminal, and no directive: remove the line',
        '"[root@host nginx]# sudo cat nginx.conf" is of a terminal, and no directive: remove the line',
        '"/etc/nginx/nginx.conf:" is of a terminal, and no directive: remove the line',
        '"nginx.conf" is of a terminal, and no directive: remove the line',
      ],
      fixed: {
        'nginx.conf': 'include a.conf; include b.conf; include c.conf; include d.conf;',
        'a.conf': 'http { }\n',
        'b.conf': '\nhttp { }\n',
        'c.conf': 'http { }\n',
        'd.conf': 'http { }\n',
      },
    },
    'Markdown with more of them, and a name apart': {
      bad: '«~~~~ nginx»\nserver { listen 80; }\n~~~~\n',
      says: ['"~~~~ nginx" is of Markdown, and no directive: remove the line'],
      fixed: 'server { listen 80; }\n',
    },
    Markdown: {
      bad: '«```nginx»\nhttp {\n}\n```\n',
      says: ['"```nginx" is of Markdown, and no directive: remove the line'],
      fixed: 'http {\n}\n',
    },
    HTML: {
      bad: conf`http { proxy_set_header A «&quot;»b&quot;; map $uri $x { a b&#x26;c; } }`,
      says: ['"&quot;" is how HTML writes ", and its ";" ends the directive: write "'],
      severity: 'warn',
      fixed: conf`http { proxy_set_header A "b"; map $uri $x { a b&c; } }`,
      unsafe: true,
    },
    'tags of HTML': {
      bad: '«<pre>»http {<br>\n    gzip on;<br/>\n}</pre>\n',
      says: ['"<pre>" is of HTML, and no directive: remove such tags'],
      fixed: 'http {\n    gzip on;\n}\n',
    },
    'an entity that parts a line': {
      bad: conf`http { server { location / { proxy_pass http://127.0.0.1/?a«&amp;»b=2; } } }`,
      says: ['"&amp;" is how HTML writes &, and its ";" ends the directive: write &'],
      severity: 'warn',
      fixed: conf`http { server { location / { proxy_pass http://127.0.0.1/?a&b=2; } } }`,
      unsafe: true,
    },
    'lines that a shell would join': {
      bad: 'http {\n    gzip_types text/css «\\»\n        text/xml; # \\\n    add_header A "b\\\n";\n}\n',
      says: ['a "\\" at the end of a line joins no lines in nginx, and is a word of its own: remove it'],
      severity: 'warn',
      fixed: 'http {\n    gzip_types text/css \n        text/xml; # \\\n    add_header A "b\\\n";\n}\n',
      unsafe: true,
    },
    'UTF-16': {
      bad: '«h\0»t\0t\0p\0 \0{\0}\0',
      says: ['this file is in UTF-16, of which nginx understands nothing: save it as UTF-8, without a byte order mark'],
      unfixable: 'an editor does it',
    },
  },
})

test.each([
  ['a prompt', '$ cat x.conf\nserver {\n    listen 80\n}\n'],
  ['Markdown', '```nginx\nserver {\n    listen 80\n}\n```\n'],
])('%s is told at once beside what is wrong with the tokens, and both are mended', (_, text) => {
  expect(lintFiles({ 'x.conf': text }, rules).map(({ ruleId }) => ruleId)).toEqual(['directives/pasted', 'syntax'])
  expect(fixWith(rules, { 'x.conf': text })).toEqual({ 'x.conf': 'server {\n    listen 80;\n}\n' })
})
