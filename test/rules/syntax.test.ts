import { conf, testRule } from './rule-tester.ts'

testRule('syntax', {
  clean: {
    'what nginx reads': conf`
      # "quotes' and { in a comment;
      http { map $a $b { default "x;y"; '~^/a{2}' z; } server { return 200 'a}b'; root /a}b; } }
    `,
    'an empty file': '',
    'a template': conf`
      server {
          listen {{ port }};
          {% if tls %}
          ssl_certificate {{ certificate }};
          {% endif %}
      }
    `,
    'a Lua block': conf`location / { content_by_lua_block { if a then b = "}" end } }`,
  },
  caught: {
    'a forgotten semicolon': {
      bad: conf`
        server {
            root /srv«»
            server_name example.com;
        }
      `,
      says: ['missing ";" after "root /srv"'],
      fixed: conf`
        server {
            root /srv;
            server_name example.com;
        }
      `,
    },
    'one semicolon too many': {
      bad: conf`server { listen 80;«;» }`,
      says: ['unexpected ";": nothing stands before it'],
      fixed: conf`server { listen 80; }`,
    },
    'a quote that is never closed, and can be in one place only': {
      bad: conf`
        server {
            listen 80;
            location / { return 200 «"it works»; }
            root «'/srv/www»;
            server_name «"a b»;
        }
      `,
      says: ['missing closing " after "it works', "missing closing ' after '/srv/www", 'missing closing " after "a b'],
      fixed: conf`
        server {
            listen 80;
            location / { return 200 "it works"; }
            root '/srv/www';
            server_name "a b;
        }
      `,
      unsafe: true,
      unfixable: 'of two names it may be one that is in quotes',
    },
    'a block that is never closed': {
      bad: conf`
        http {
            «server» {
                listen 80;
        }
      `,
      says: ['unexpected end of file: missing "}" for "server {"'],
      unfixable: 'the place of the brace is for a person to say',
    },
    'a block that is neither opened nor closed': {
      bad: conf`
        «http»
            server {
                listen 80;
            }
      `,
      says: ['missing "{" after "http"', 'unexpected end of file: missing "}" for "http {"'],
      fixed: conf`
        http {
            server {
                listen 80;
            }
      `,
      unfixable: 'the place of the closing brace is for a person to say',
    },
    'a template whose blocks its tags decide on, once': {
      bad: conf`
        «{% if tls %}»
        server { listen 443;
        {% else %}
        server { listen 80;
        {% endif %}
            root {{ root }};
        }
      `,
      says: [`the blocks of this template can't be followed around "{% if tls %}": lint the file that is made of it`],
      severity: 'warn',
      unfixable: 'what the template makes is right, perhaps',
    },
    "another program's file": {
      bad: conf`
        autospawn = no
        daemon-binary = /bin/true«»
      `,
      says: ['unexpected end of file: missing ";" after "autospawn = no daemon-binary = /bin/true"'],
      unfixable: 'no directive of it is known',
    },
    'in every file': {
      bad: {
        'nginx.conf': conf`http { include a.conf; keepalive_timeout 65«» }`,
        'a.conf': conf`gzip on;«;»`,
      },
      says: ['unexpected "}": missing ";" after "keepalive_timeout 65"', 'unexpected ";": nothing stands before it'],
      fixed: { 'nginx.conf': conf`http { include a.conf; keepalive_timeout 65; }`, 'a.conf': conf`gzip on;` },
    },
  },
})
