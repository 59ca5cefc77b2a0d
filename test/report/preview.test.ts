/** What people see of a fix before it is made. */
import { expect, test } from '@jest/globals'
import { runIn } from '../cli/run-in.ts'

async function shown(text: string, args = ['--rule', 'websocket/read-timeout:off']): Promise<string[]> {
  const { out } = await runIn({ 'a.conf': Buffer.from(text).toString('latin1') }, ['a.conf', ...args])
  return Buffer.from(out, 'latin1')
    .toString()
    .split('\n')
    .filter((line) => /^ {2}(?:--fix| *\d* [-+])/.test(line))
}

test.each<[string, string, string[]]>([
  [
    'a char in a long line: the line around it',
    `server {\n    if ($host != example.com) { return 301 https://www.example.com/a/longer/path$request_uri }\n}\n`,
    [
      '  --fix changes',
      '  2 - …) { return 301 https://www.example.com/a/longer/path$request_uri }',
      '  2 + …) { return 301 https://www.example.com/a/longer/path$request_uri; }',
    ],
  ],
  [
    'much text in a long line: the text',
    'server { listen 80; server_name example.com; location /ws { proxy_pass http://a:1; } }\n',
    [
      '  --fix adds',
      '  1 + proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;',
      '    + proxy_set_header Connection "upgrade";',
    ],
  ],
  [
    'lines that end as Windows has it: only what is new',
    'server {\r\n    location /ws {\r\n        proxy_pass http://a:1;\r\n    }\r\n}\r\n',
    [
      '  --fix adds',
      '  4 +         proxy_http_version 1.1;',
      '    +         proxy_set_header Upgrade $http_upgrade;',
      '    +         proxy_set_header Connection "upgrade";',
    ],
  ],
  [
    'chars of several bytes before a change in a long line: whole ones',
    `server {\n    server_name 日本語.example.com 日本語日本語.example.com;  lisen 81; # 日本語日本語 Überschrift\n}\n`,
    [
      '  --fix --unsafe-fixes changes',
      '  2 - …om 日本語日本語.example.com;  lisen 81; # 日本語日本語 Überschrift',
      '  2 + …om 日本語日本語.example.com;  listen 81; # 日本語日本語 Überschrift',
    ],
  ],
  [
    'one change that cures two problems: once',
    'server {\n    location /ws {\n        proxy_http_version 1.0;\n        proxy_pass http://a:1;\n        proxy_set_header Connection close;\n        proxy_set_header Upgrade $http_upgrade;\n    }\n}\n',
    [
      '  --fix changes',
      '  3 -         proxy_http_version 1.0;',
      '  3 +         proxy_http_version 1.1;',
      '  5 -         proxy_set_header Connection close;',
      '  5 +         proxy_set_header Connection "upgrade";',
      '  --fix cures it by what is shown at a.conf:3:9',
    ],
  ],
])('%s', async (_, text, lines) => expect(await shown(text)).toEqual(lines))

test.each([
  ['a fix behind a ";" that is missing, and is put there first', ''],
  ['the same, with a comment behind the block', ' # b'],
])('%s', async (_, behind) => {
  const rows = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade'
  const lines = await shown(`server {\n    location /ws { proxy_pass http://b; ${rows} }${behind}\n}\n`, [])
  expect(lines.filter((line) => line.includes('+'))).toEqual([
    expect.stringContaining(`Connection upgrade; proxy_read_timeout 1h; }${behind}`),
    expect.stringContaining(`Connection upgrade; }${behind}`),
  ])
})

test("of two fixes of one place that are in each other's way, the first", async () => {
  const location = `location /ws {
        proxy_pass http://a:1;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_read_timeout 1;
        proxy_read_timeout 1;
    }`
  expect(await shown(`server {\n    ${location}\n}\n`, [])).toEqual([
    '  --fix --unsafe-fixes removes',
    '  8 -         proxy_read_timeout 1;',
  ])
})
