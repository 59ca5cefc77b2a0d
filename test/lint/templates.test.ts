/** What is said of templates, and what is left alone. */
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'

function lint(text: string, path: string) {
  const { problems } = lintRoots([path], memoryFiles({ [path]: text }), rules)
  return problems.map(({ severity, ruleId, file, span, fix }) => {
    return `${file.source.lineAt(span.start)} ${severity} ${ruleId}${fix ? ` ${fix.safety}` : ''}`
  })
}

function fix(text: string, path: string) {
  const result = fixConfigurations([path], memoryFiles({ [path]: text }), rules, { unsafe: true })
  expect(findFaults(result, true)).toEqual([])
  return result.changes[0]?.newText ?? text
}

const SILENT: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'includes that are filled in: what they hold is unknown': [
    '/etc/nginx/templates/default.conf.template',
    `server {
    listen 80;
    include /etc/nginx/\${SITE}/*.conf;
    location /ws { include \${DIR}/websocket.conf; proxy_pass http://app; proxy_read_timeout 1h; }
}
`,
  ],
  "Docker's default.conf.template: variables in any place": [
    '/etc/nginx/templates/default.conf.template',
    `upstream \${NAME} { server \${APP_HOST}:\${APP_PORT} weight=\${WEIGHT}; keepalive \${KEEP}; }
\${EXTRA_BLOCK}
server {
    listen \${NGINX_PORT} \${LISTEN_OPTIONS};
    listen [::]:\${NGINX_PORT};
    server_name \${SERVER_NAME} *.$DOMAIN;
    client_max_body_size \${MAX_BODY};
    resolver \${NGINX_LOCAL_RESOLVERS} valid=\${TTL};
    proxy_read_timeout \${TIMEOUT}s;
    \${EXTRA}
    gzip \${GZIP};
    error_page \${CODES} /x;
    if ($host = \${HOST}) { return \${CODE} https://$host\${PATH_PREFIX}/; }
    location \${PATH_PREFIX}/ws {
        proxy_pass http://\${NAME};
        proxy_http_version \${VERSION};
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "\${CONNECTION}";
        proxy_set_header X-$SOME x;
        proxy_read_timeout 1h;
    }
    location /\${A}/ { proxy_pass \${BACKEND}; limit_rate \${RATE}; expires \${EXPIRES}; }
}
`,
  ],
  'Jinja: loops, branches, lines of their own': [
    '/site.conf',
    `# {{ ansible_managed }}
{{ ansible_managed | comment }}
upstream {{ name }} {
{% for host in hosts %}
    server {{ host }}:{{ port }};
{% endfor %}
}
server {
    listen {{ port }}{% if tls %} ssl{% endif %};
{% if tls %}
    ssl_certificate {{ cert }};
    root /a;
{% else %}
    root /b;
{% endif %}
    server_name
        {{ names | join(' ') }};
    {{ extra }}
    client_max_body_size {{ max }}m;
    location /{{ path }}/ { return 301 "https://{{ host }}/{% if x %}a{% endif %}"; }
}
`,
  ],
  ERB: [
    '/puppet.conf.erb',
    `<% if @ssl -%>
server {
  listen <%= @port %> ssl;
  server_name <%= @names.join(' ') %>;
<% @locations.each do |l| -%>
  location <%= l %> {
    proxy_pass <%= @proxy %>;
  }
<% end -%>
}
<% end -%>
`,
  ],
  'Go, as docker-gen has it': [
    '/nginx.tmpl',
    `{{- range $host, $containers := groupBy . "x" }}
upstream {{ $host }} {
{{- range $c := $containers }}
	{{ template "server" $c }}
{{- end }}
}
server {
	listen 80{{ if $.V6 }} ipv6only=on{{ end }};
	location / { proxy_pass http://{{ $host }}; }
}
{{- end }}
`,
  ],
}

test.each(Object.entries(SILENT))('no false alarm: %s', (_, [path, text]) => {
  expect(lint(text, path)).toEqual([])
  expect(fix(text, path)).toBe(text)
})

describe('what is found', () => {
  test('is an error where the tags are values only, and a warning where they may add lines', () => {
    const location = 'location /ws { proxy_pass http://{{ a }}; proxy_http_version 1.0; proxy_read_timeout 1h; }\n'
    expect(lint(location, '/a.conf.j2')).toContain('1 error websocket/http-version safe')
    expect(lint(`{% if x %}{% endif %}${location}`, '/a.conf.j2')).toContain('1 warn websocket/http-version safe')
  })

  test('what nginx can not read is an error, as in any file', () => {
    expect(lint(`server {\n listen \${PORT}\n root /;\n}\n`, '/a.conf.template')).toEqual(['2 error syntax'])
    expect(lint('server {\n listen {{ port }};;\n}\n', '/a.conf')).toEqual(['2 error syntax safe'])
  })

  test('lines of two branches are not taken for two', () => {
    const both = (end: string) => `server {\n {% if a %}\n root /a;\n ${end}\n root /b;\n {% endif %}\n}\n`
    expect(lint(both('{% else %}'), '/a.j2')).toEqual([])
    expect(lint('server {\n root {{ a }};\n root {{ b }};\n}\n', '/a.j2')).toEqual(['3 error directives/duplicate'])
  })
})

describe('a fix', () => {
  test('goes between tags', () => {
    const text = 'location /ws {\n  proxy_pass http://{{ a }};\n}\n'
    expect(fix(text, '/a.conf')).toBe(
      text.replace(
        ';\n}',
        `;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection "upgrade";
}`,
      ),
    )
  })

  test.each([
    [
      'replaces no tag',
      'location /ws {\n  proxy_pass ws://{{ a }};\n {% if x %} proxy_http_version {{ v }}; {% endif %}\n}\n',
    ],
    [
      'goes not from one branch into another',
      'location /ws {\n  {% if a %}\n  proxy_pass http://{{ a }};\n  {% else %}\n  proxy_pass http://{{ b }};\n  {% endif %}\n}\n',
    ],
    ['puts nothing at the end of a tag', 'server {\n  listen {{ port }}\n  root /srv;\n}\n'],
  ])('%s', (_, text) => {
    const fixed = fix(text, '/a.conf')
    expect(fixed.match(/\{[{%].*?[}%]\}/g)).toEqual(text.match(/\{[{%].*?[}%]\}/g))
    if (!text.includes('ws://')) expect(fixed).toBe(text)
  })
})
