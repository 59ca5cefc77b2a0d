import { conf, testRule } from './rule-tester.ts'

const OTHER = 'it is for another program'
const MANIFEST = `this seems to be a manifest of Kubernetes, and no configuration of nginx; give what it holds alone, as in "kubectl get configmap NAME -o jsonpath='{.data.nginx\\.conf}' | ngxlint -"`

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
    JSON: {
      bad: conf`
        «{»
          "listen": 80,
          "server_name": "example.com"
        }
      `,
      says: ['this seems to be JSON, and no configuration of nginx'],
      unfixable: OTHER,
    },
    'a shell script, though it writes a configuration': {
      bad: conf`
        «#!/bin/sh»
        set -e
        if [ -d /etc/nginx ]; then
          echo 'server { listen 80; }' > /etc/nginx/conf.d/a.conf
        fi
        cat > b.conf <<END
        server { listen 81; }
        END
      `,
      says: ['this seems to be a shell script, and no configuration of nginx'],
      unfixable: OTHER,
    },
    'a manifest of Kubernetes around a configuration': {
      bad: conf`
        # the proxy
        ---
        apiVersion: v1
        kind: ConfigMap
        data:
          nginx.conf: |
            events {}
            http {
              server {
                location /ws { proxy_pass http://app:3000; }
              }
            }
      `.replace('# the proxy', '«# the proxy»'),
      says: [MANIFEST],
      unfixable: OTHER,
    },
    'the same, filled in by Helm': {
      bad: conf`
        «apiVersion: v1»
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}-nginx
        data:
          nginx.conf: |
            server {
              listen {{ .Values.port }};
              location /ws { proxy_pass http://app:3000; }
            }
      `,
      says: [MANIFEST],
      unfixable: OTHER,
    },
    'a Dockerfile': {
      bad: conf`
        # the proxy
        FROM nginx:1.30 AS proxy
        COPY nginx.conf /etc/nginx/
        CMD ["nginx", "-g", "daemon off;"]
      `.replace('# the proxy', '«# the proxy»'),
      says: ['this seems to be a Dockerfile, and no configuration of nginx'],
      unfixable: OTHER,
    },
    'a log, whose first line is shown': {
      bad: '«10.0.0.1 - - [23/Nov/2026:17:00:00 +0000»] "GET / HTTP/1.1" 200 5 "-" "curl"\n'
        .repeat(1)
        .concat('10.0.0.2 - - [23/Nov/2026:17:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"\n'.repeat(50)),
      says: ['this seems to be an access log, and no configuration of nginx'],
      unfixable: OTHER,
    },
    'what nobody knows, of which nothing can be read': {
      bad: '«const a = "b",»\n'.concat('const a = "b",\n'.repeat(20)),
      says: [
        "this seems to be no configuration of nginx: none of its directives is known, and 22 places can't be read",
      ],
      unfixable: OTHER,
    },
    'a line of a log in a configuration': {
      bad: conf`
        2026/11/23 17:00:00 [emerg] 1#1: unexpected "}" in /etc/nginx/nginx.conf:3
        http {
            server { listen 80«» }
        }
      `,
      says: ['unexpected "}": missing ";" after "listen 80"'],
      unfixable: 'no directive on the top is known',
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
