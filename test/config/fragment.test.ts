import { describe, expect, test } from '@jest/globals'
import { fileNames, load, type Texts, troubles } from './load-tree.ts'

describe('the level that a file was written for', () => {
  test.each([
    ['conf.d/site.conf', 'http', 'server { listen 80; location / { proxy_pass http://b; } }'],
    ['a site with its upstream', 'http', 'upstream b { server 127.0.0.1:1; } server { listen 80; location / { } }'],
    ['a map alone', 'http', "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"],
    [
      'a location behind a server, whatever is in it',
      'http',
      'server { listen 80; } location /ws { proxy_pass http://b; proxy_set_header Host $host; }',
    ],
    ['a map and a site', 'http', 'map $a $b { default 1; } server { listen 80; return 301 https://$host; }'],
    ['mime.types', 'http', 'types { text/html html; }'],
    ['log formats', 'http', "log_format a '$status'; access_log /x a;"],
    ['headers to the backend', 'http', 'proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade;'],
    ['TLS parameters', 'http', 'ssl_protocols TLSv1.3; ssl_ciphers HIGH;'],
    ['the inside of a server', 'server', 'listen 80; server_name a; location / { proxy_pass http://b; }'],
    ['bare locations', 'server', 'location /ws { proxy_pass http://b; } location / { return 404; }'],
    ['a rewrite', 'server', 'if ($scheme = http) { return 301 https://$host; }'],
    ['a proxy snippet', 'location', 'proxy_pass http://b; proxy_set_header Host $host;'],
    ['limit_except', 'location', 'limit_except GET { deny all; }'],
    ['servers of an upstream', 'upstream', 'server 10.0.0.1:80; server 10.0.0.2:80 backup;'],
    ['an upstream with keepalive', 'upstream', 'server 10.0.0.1:80; keepalive 16;'],
    ['servers of stream', 'stream', 'upstream db { server 10.0.0.1:5432; } server { listen 5432; proxy_pass db; }'],
    ['one of stream that returns', 'stream', 'server { listen 1; proxy_pass $a; } server { listen 2; return ok; }'],
    ['the inside of a server of stream', 'stream server', 'listen 53 udp; proxy_pass dns; proxy_responses 1;'],
    ['a server of mail', 'mail', 'server { listen 25; protocol smtp; }'],
    ['events', 'events', 'worker_connections 1024; multi_accept on;'],
    ['modules-enabled', 'main', 'load_module modules/ngx_http_geoip_module.so;'],
    ['a whole configuration', 'main', 'user www; events { } http { server { } }'],
    ['a whole one with a server astray', 'main', 'http { } server { listen 80; location / { } } location / { }'],
    ['one that names http by an include', 'main', 'user www; worker_processes 1; include http.conf;'],
    ['includes only', 'main', 'include a; include b/*;'],
    ['nothing', 'main', ''],
    ['comments only', 'main', '# server { }\n'],
    ['names that nobody knows', 'main', 'foo 1; bar { baz 2; }'],
    ['mixed: the most decide', 'server', 'worker_processes 1; listen 80; server_name a; root /x;'],
  ])('%s: %s', (_, level, text) => {
    expect(load({ 'x.conf': text }).level).toBe(level)
  })

  test.each<[about: string, texts: Texts, isFragment: boolean]>([
    ['conf.d/site.conf', { 'site.conf': 'server { }' }, true],
    ['modules-enabled', { 'm.conf': 'load_module x.so;' }, true],
    ['nothing', { 'm.conf': '' }, true],
    ['events alone', { 'nginx.conf': 'events { }' }, false],
    ['http in an included file', { 'nginx.conf': 'include http.conf;', 'http.conf': 'http { }' }, false],
  ])('%s', (_, texts, isFragment) => {
    expect(load(texts).isFragment).toBe(isFragment)
  })
})

describe('the folder that includes of a fragment start at', () => {
  const site = 'server { listen 80; include snippets/ws.conf; }'

  test.each<[about: string, texts: Texts, files: readonly string[], trouble: readonly string[]]>([
    ['the one above', { 'conf.d/site': site, 'snippets/ws.conf': '' }, ['conf.d/site', 'snippets/ws.conf'], []],
    ['two above', { 'a/b/site': site, 'snippets/ws.conf': '' }, ['a/b/site', 'snippets/ws.conf'], []],
    [
      'the nearest',
      { 'conf.d/site': site, 'snippets/ws.conf': '', 'conf.d/snippets/ws.conf': '' },
      ['conf.d/site', 'conf.d/snippets/ws.conf'],
      [],
    ],
    ['its own, where none has it', { 'conf.d/site': site }, ['conf.d/site'], ['conf.d/snippets/ws.conf: missing']],
    [
      'for a pattern, where it matches',
      { 'conf.d/site': 'server { include snippets/*; }', 'conf.d/snippets.txt': '', 'snippets/ws.conf': '' },
      ['conf.d/site', 'snippets/ws.conf'],
      [],
    ],
    [
      'also for files that it includes',
      { 'conf.d/site': site, 'snippets/ws.conf': 'include other/x;', 'other/x': '' },
      ['conf.d/site', 'snippets/ws.conf', 'other/x'],
      [],
    ],
    [
      'a whole configuration looks nowhere else',
      { 'conf.d/nginx.conf': `http { ${site} }`, 'snippets/ws.conf': '' },
      ['conf.d/nginx.conf'],
      ['conf.d/snippets/ws.conf: missing'],
    ],
  ])('%s', (_, texts, files, trouble) => {
    const configuration = load(texts)
    expect(fileNames(configuration)).toEqual(files)
    expect(troubles(configuration)).toEqual(trouble)
  })

  test('is none but the one that was said', () => {
    const texts = { 'conf.d/site': site, 'snippets/ws.conf': '' }
    expect(troubles(load(texts, { prefix: '/etc/nginx/conf.d' }))).toEqual(['conf.d/snippets/ws.conf: missing'])
  })
})
