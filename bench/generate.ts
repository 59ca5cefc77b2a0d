import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A configuration on disk, made up for measuring. */
export interface Sample {
  /** Its nginx.conf. */
  readonly path: string
  readonly hosts: number
  /** All bytes that a run reads of it. */
  readonly bytes: number
  readonly files: number
}

export type Layout = 'one file' | 'a file per host'

/**
 * What `nginx -t` looks through for each proxy_pass. Hosts that share a few are the best case for it; on a platform where
 * each has a backend of its own, its time grows with the square of the hosts.
 */
export type Upstreams = 'shared' | 'one each'

const SHARED_UPSTREAMS = 50

/**
 * Writes a configuration of so many virtual hosts, of some 2.9 kB each, as a hosting platform generates them. The same
 * numbers give the same bytes. Every tenth host has a WebSocket location whose handshake fails. Certificates are left
 * out: with one for each server `nginx -t` takes five times as long, which would be no merit of ours.
 */
export function generate(folder: string, hosts: number, layout: Layout, kind: Upstreams = 'shared'): Sample {
  const upstreams = kind === 'shared' ? SHARED_UPSTREAMS : hosts
  const written = new Written(folder)
  for (const [name, text] of Object.entries(snippets)) written.write(`snippets/${name}`, text)
  const isSplit = layout === 'a file per host'
  const texts = Array.from({ length: hosts }, (_, index) => hostText(index, upstreams, isSplit ? '' : '    '))
  if (isSplit) for (const [index, text] of texts.entries()) written.write(`sites/${hostName(index)}.conf`, text)
  written.write(
    'nginx.conf',
    mainText(folder, hosts, upstreams, isSplit ? '    include sites/*.conf;\n' : texts.join('\n')),
  )
  return { path: join(folder, 'nginx.conf'), hosts, bytes: written.bytes, files: written.files }
}

/** What a pre-commit hook sees: one file of sixty lines, with nothing wrong or with one bad handshake. */
export function generateSmall(folder: string, isGood: boolean): Sample {
  const written = new Written(folder)
  written.write('small.conf', smallText(isGood))
  return { path: join(folder, 'small.conf'), hosts: 1, bytes: written.bytes, files: 1 }
}

/** How a configuration may be shaped so that an algorithm that is not linear shows it. */
export const shapes: Readonly<Record<string, (count: number) => string>> = {
  'broken locations, a server each': (count) =>
    inHttp(
      repeat(count, (n) => `    server {\n        server_name h${n}.test;\n${brokenLocation('/socket.io/')}    }\n`),
    ),
  'broken locations in one server': (count) =>
    inHttp(`    server {\n${repeat(count, (n) => brokenLocation(`/app${n}/socket.io/`))}    }\n`),
  'broken locations of a line each': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        location /a${n}/ws { proxy_pass http://127.0.0.1:3000; }\n`)}    }\n`,
    ),
  'locations that inherit from http': (count) =>
    inHttp(
      `    proxy_set_header Host $host;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_http_version 1.1;\n` +
        `    server {\n${repeat(count, (n) => `        location /a${n}/ws { proxy_pass http://127.0.0.1:3000; }\n`)}    }\n`,
    ),
  'regex locations in one server': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        location ~ ^/a${n}/(.+\\.php)$ { proxy_pass http://127.0.0.1:3000; }\n`)}` +
        `${brokenLocation('/socket.io/')}    }\n`,
    ),
  'WebSocket and regex locations in one server': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        location ~ ^/a${n}/(.+\\.php)$ { proxy_pass http://127.0.0.1:3000; }\n${brokenLocation(`/app${n}/ws`)}`)}    }\n`,
    ),
  'maps and upstreams': (count) =>
    inHttp(
      repeat(
        count,
        (n) =>
          `    map $http_upgrade $up${n} { default upgrade; '' close; }\n    upstream u${n} { server 127.0.0.1:3000; }\n` +
          `    server {\n        server_name h${n}.test;\n        location /ws { proxy_pass http://u${n}; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $up${n}; }\n    }\n`,
      ),
    ),
  'comments that suppress': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        # ngxlint-disable-next-line websocket/read-timeout -- ${n}\n${brokenLocation(`/app${n}/ws`)}`)}    }\n`,
    ),
  'declared locations': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        # ngxlint-websocket\n${brokenLocation(`/declared${n}/`)}`)}    }\n`,
    ),
  'rows for handshakes, and no proxy_pass': (count) =>
    inHttp(
      `    server {\n        location / { proxy_pass http://127.0.0.1:3000; }\n${repeat(count, (n) => `        location /a${n}/ws { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; }\n`)}    }\n`,
    ),
  'handshakes led to named locations': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        location /a${n}/ {\n            error_page 418 = @ws${n};\n            if ($http_upgrade = websocket) { return 418; }\n            proxy_pass http://127.0.0.1:3000;\n        }\n${brokenLocation(`@ws${n}`)}`)}    }\n`,
    ),
  'WebSocket locations that rewrite': (count) =>
    inHttp(
      `    server {\n${repeat(count, (n) => `        location /a${n}/ws {\n            rewrite ^/a${n}/ws(.*)$ /$1;\n            proxy_pass http://127.0.0.1:3000;\n        }\n`)}    }\n`,
    ),
  'servers of one name': (count) =>
    inHttp(repeat(count, (n) => `    server {\n        server_name h${n >> 1}.test;\n${brokenLocation('/ws')}    }\n`)),
  'nested blocks': (count) => inHttp(`    server {\n${'location / {\n'.repeat(count)}${'}\n'.repeat(count)}    }\n`),
  'lines without a semicolon': (count) =>
    inHttp(`    server {\n${repeat(count, (n) => `        add_header X-${n} "1"\n`)}    }\n`),
}

function inHttp(content: string): string {
  return `events {}\nhttp {\n${content}}\n`
}

function brokenLocation(path: string): string {
  return `        location ${path} {\n            proxy_pass http://127.0.0.1:3000;\n        }\n`
}

function repeat(count: number, make: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => make(number)).join('')
}

class Written {
  readonly #folder: string
  bytes = 0
  files = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  write(name: string, text: string): void {
    const path = join(this.#folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
    this.bytes += Buffer.byteLength(text)
    this.files++
  }
}

const snippets: Readonly<Record<string, string>> = {
  'proxy.conf': `# What every backend gets.
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-Host $host;
`,
  'websocket.conf': `# A WebSocket handshake, and sockets that may be idle for an hour.
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
proxy_read_timeout 1h;
proxy_send_timeout 1h;
`,
  'security.conf': `add_header X-Content-Type-Options nosniff always;
add_header X-Frame-Options SAMEORIGIN always;
add_header Referrer-Policy strict-origin-when-cross-origin always;
`,
}

function mainText(folder: string, hosts: number, upstreams: number, sites: string): string {
  const hashSize = 1 << Math.ceil(Math.log2(hosts * 4 + 512))
  return `# Generated: ${hosts} virtual hosts.
worker_processes auto;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};

events {
    worker_connections 4096;
}

http {
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    keepalive_timeout 65;
    server_names_hash_max_size ${hashSize};
    server_names_hash_bucket_size 128;

    map $http_upgrade $connection_upgrade {
        default upgrade;
        ''      close;
    }

${Array.from({ length: upstreams }, (_, index) => upstreamText(index)).join('')}
${sites}}
`
}

function smallText(isGood: boolean): string {
  const locations = ['/', '/api/', '/uploads/', '/admin/', '/reports/'].map(
    (path) => `
    location ${path} {
        proxy_pass http://app;
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_read_timeout 120s;
    }
`,
  )
  return `# One site of conf.d.
upstream app {
    server 127.0.0.1:3000;
}

map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      close;
}

server {
    listen 8080;
    server_name app.example.com;
${locations.join('')}
    # Sockets.
    location /socket.io/ {
        proxy_pass http://app;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        ${isGood ? '' : '# '}proxy_set_header Connection $connection_upgrade;
        proxy_read_timeout 1h;
    }
}
`
}

function hostName(index: number): string {
  return `site-${String(index).padStart(5, '0')}.example.com`
}

/** One of ten hosts is broken, each in its way. */
function webSocketLocation(index: number, upstream: string): string {
  const backend = `proxy_pass http://${upstream};`
  switch (index % 10) {
    case 0:
      return `        ${backend}
        proxy_read_timeout 1h;`
    case 1:
    case 4:
    case 7:
      return `        include snippets/proxy.conf;
        include snippets/websocket.conf;
        ${backend}`
    default:
      return `        ${backend}
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade; # set by the map above
        proxy_read_timeout 3600s;`
  }
}

function upstreamName(index: number): string {
  return `backend_${index}`
}

function upstreamText(index: number): string {
  return `    upstream ${upstreamName(index)} {
        server 127.0.0.1:${3000 + index};
        server 127.0.0.2:${3000 + index} backup;
        keepalive 16;
    }
`
}

const PATHS = ['/socket.io/', '/ws', '/cable', '/api/live/ws', '/hubs/chat', '/socket/websocket']

function hostText(index: number, upstreams: number, indent: string): string {
  const name = hostName(index)
  const upstream = upstreamName(index % upstreams)
  const text = `# ${name}: customer ${index}, plan ${['small', 'medium', 'large'][index % 3]}
server {
    listen 8080;
    server_name ${name} www.${name};
    return 301 https://${name}$request_uri;
}

server {
    listen 8443;
    server_name ${name} www.${name};

    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_timeout 1d;

    root /srv/www/${name}/public;
    index index.html index.htm;
    client_max_body_size ${10 + (index % 90)}m;
    include snippets/security.conf;
    gzip on;
    gzip_types text/plain text/css application/json application/javascript image/svg+xml;

    # The application.
    location / {
        try_files $uri $uri/ @app;
    }

    location @app {
        proxy_pass http://${upstream};
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
    }

    # Sockets of ${name}.
    location ${PATHS[index % PATHS.length]} {
${webSocketLocation(index, upstream)}
    }

    location /api/ {
        include snippets/proxy.conf;
        proxy_pass http://${upstream}/v${1 + (index % 3)}/;
        proxy_connect_timeout 5s;
        proxy_read_timeout 120s;
        proxy_buffering off;
    }

    location /uploads/ {
        include snippets/proxy.conf;
        proxy_pass http://${upstream};
        proxy_request_buffering off;
        client_max_body_size 2g;
        client_body_timeout 300s;
    }

    location ^~ /assets/ {
        include snippets/security.conf;
        alias /srv/www/${name}/assets/;
        expires 30d;
        add_header Cache-Control "public, immutable";
        access_log off;
    }

    location ~* \\.(?:png|jpe?g|gif|svg|woff2?)$ {
        expires 7d;
        log_not_found off;
    }

    location = /robots.txt {
        return 200 "User-agent: *\\nDisallow: /admin/\\n";
    }

    location ^~ /admin/ {
        allow 10.0.0.0/8;
        deny all;
        auth_basic "Restricted area of ${name}";
        auth_basic_user_file /srv/www/${name}/htpasswd;
        proxy_pass http://${upstream};
        proxy_set_header Host $host;
    }

    error_page 500 502 503 504 /50x.html;
    location = /50x.html {
        internal;
        root /srv/www/errors;
    }
}
`
  return indent === '' ? text : text.replace(/^(?=.)/gm, indent)
}
