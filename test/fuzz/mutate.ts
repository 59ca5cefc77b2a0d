/** New texts from known ones: by bytes, by words, by lines, by statements of another. */
import type { Random } from './random.ts'

/** Longer ones only take longer. */
const LENGTH_LIMIT = 20_000

/** Words that steer the parser, the model or a rule. */
const WORDS = [
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    ';',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '#',
    '$',
    '${',
    '(',
    ')',
    '\0',
    '\xef\xbb\xbf',
    '\x1b[31m',
    '\xff',
  ],
  ...[
    'http {',
    'server {',
    'location /ws {',
    'location = / {',
    'location ~ ^/(a+)+$ {',
    'location @x {',
    'location ^~ /ws {',
  ],
  ...[
    'if ($http_upgrade) {',
    'limit_except GET {',
    'upstream app {',
    'map $http_upgrade $connection_upgrade {',
    'types {',
    'events {}',
    'stream {',
    'geo $g {',
  ],
  ...[
    'proxy_pass http://app;',
    'proxy_pass http://app/;',
    'proxy_pass $u;',
    'proxy_pass ws://app;',
    'proxy_pass https://app;',
  ],
  ...[
    'proxy_http_version 1.1;',
    'proxy_http_version 1.0;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection "upgrade";',
  ],
  ...[
    'proxy_set_header Connection $connection_upgrade;',
    'proxy_set_header Host $host;',
    'proxy_set_header Connection "";',
    'default upgrade;',
    "'' close;",
  ],
  ...[
    'include /nginx.conf;',
    'include *;',
    'include /a.conf;',
    'return 301 /x;',
    'rewrite ^(.*)$ /ws$1 last;',
    'try_files $uri @x;',
    'error_page 404 = @x;',
  ],
  ...[
    'listen 80;',
    'listen 443 ssl;',
    'server_name a.example;',
    'proxy_read_timeout 1s;',
    'proxy_read_timeout 1h;',
    'add_header A b;',
    'root /x;',
    'set $u http://app;',
  ],
  ...[
    '# ngxlint-disable-next-line',
    '# ngxlint-disable-file syntax',
    'content_by_lua_block {',
    '# configuration file /a.conf:\n',
  ],
]

const MUTATIONS: readonly ((text: string, random: Random, others: readonly string[]) => string)[] = [
  (text, random) => splice(text, random.below(text.length + 1), 1, ''),
  (text, random) => splice(text, random.below(text.length + 1), 1, String.fromCharCode(random.below(256))),
  (text, random) => splice(text, random.below(text.length + 1), 0, random.pick(WORDS)),
  (text, random) => splice(text, random.below(text.length + 1), random.below(40), ''),
  (text, random) => byLines(text, (lines, at) => [...lines.slice(0, at), ...lines.slice(at + 1)], random),
  (text, random) => byLines(text, (lines, at) => [...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)], random),
  (text, random) =>
    byLines(text, (lines, at) => [...lines.slice(0, at), random.pick(WORDS), ...lines.slice(at)], random),
  (text, random) => byLines(text, (lines, at) => [...lines.slice(at), ...lines.slice(0, at)], random),
  (text, random, others) => {
    const lines = random.pick(others).split('\n')
    const from = random.below(lines.length)
    return byLines(
      text,
      (own, at) => [...own.slice(0, at), ...lines.slice(from, from + random.below(12)), ...own.slice(at)],
      random,
    )
  },
]

/** One to six changes. */
export function mutate(text: string, random: Random, others: readonly string[]): string {
  let result = text
  for (let count = 1 + random.below(6); count > 0; count--) result = random.pick(MUTATIONS)(result, random, others)
  return result.slice(0, LENGTH_LIMIT)
}

function splice(text: string, at: number, length: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + length)
}

function byLines(text: string, change: (lines: string[], at: number) => string[], random: Random): string {
  const lines = text.split('\n')
  return change(lines, random.below(lines.length)).join('\n')
}
