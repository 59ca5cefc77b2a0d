import { conf, testRule } from '../rule-tester.ts'

testRule('includes/unresolved', {
  clean: {
    'all there': { 'nginx.conf': conf`http { include a.conf; include b.d/*.conf; }`, 'a.conf': '', 'b.d/x.conf': '' },
    'what a template fills in': {
      '/etc/nginx/templates/a.conf.template':
        conf`server { listen 80; include $\{DIR}/a.conf; include conf.d/$SITE/*.conf; }`.replaceAll('\\', ''),
    },
    'the same of Jinja': { 'site.conf.j2': conf`server { listen 80; include {{ dir }}/a.conf; }` },
    'a glob that matches nothing': conf`http { include conf.d/*.conf; }`,
    'a glob in geo, which newer ones take': {
      good: conf`http { geo $a { include geo/*; } }`,
      nginxVersion: '1.29.8',
    },
  },
  caught: {
    'a file that is missing': {
      bad: conf`
        http {
            server {
                location /ws {
                    «include snippets/websocket.conf»;
                    proxy_pass http://b;
                }
            }
        }
      `,
      says: [
        '/etc/nginx/snippets/websocket.conf does not exist, and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for "location /ws" stays unknown here',
      ],
    },
    'a slip of the hand, or an ending that is not there': {
      bad: {
        'nginx.conf': conf`http { «include snippets/ssl-parms.conf»; «include snippets/websocket»; «include snippets/other.conf»; }`,
        'snippets/ssl-params.conf': '',
        'snippets/websocket.conf': '',
      },
      says: [
        '/etc/nginx/snippets/ssl-parms.conf does not exist (did you mean "ssl-params.conf"?), and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for "http" stays unknown here',
        '/etc/nginx/snippets/websocket does not exist (did you mean "websocket.conf"?), and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for "http" stays unknown here',
        '/etc/nginx/snippets/other.conf does not exist, and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for "http" stays unknown here',
      ],
    },
    'at the top, by its whole path': {
      bad: conf`«include /usr/share/nginx/modules/mod.conf»; http { }`,
      says: [
        '/usr/share/nginx/modules/mod.conf does not exist, and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for the whole configuration stays unknown here',
      ],
    },
    'a glob in geo': {
      bad: conf`http { geo $a { «include geo/*»; } }`,
      nginxVersion: '1.29.7',
      says: [
        '/etc/nginx/geo/* does not exist, and nginx does not start without it: before 1.29.8 an include in geo is no pattern; what it holds for "geo $a" stays unknown here',
      ],
    },
    'from a fragment, whose folder is not known': {
      bad: { 'conf.d/site.conf': conf`server { listen 80; «include snippets/ssl.conf»; }` },
      says: [
        '/etc/nginx/conf.d/snippets/ssl.conf does not exist: lint the nginx.conf that this file belongs to, or say with --path-map where the copy of the folder is; what it holds for "server" stays unknown here',
      ],
    },
    'a folder': {
      bad: { 'nginx.conf': conf`http { «include conf.d»; }`, 'conf.d/site.conf': 'server { }' },
      says: [
        '/etc/nginx/conf.d is no file, and nginx does not start: include the files in it, as "/etc/nginx/conf.d/*.conf"; what it holds for "http" stays unknown here',
      ],
    },
    'a cycle, seen in the file that closes it': {
      bad: { 'nginx.conf': conf`http { include a.conf; }`, 'a.conf': conf`«include a.conf»;` },
      says: [
        '/etc/nginx/a.conf includes itself, and nginx does not start: remove one of the includes; what it holds for "http" stays unknown here',
      ],
    },
    'in a snippet that two servers include: once': {
      bad: {
        'nginx.conf': conf`http { server { listen 80; include s.conf; } server { listen 81; include s.conf; } }`,
        's.conf': conf`«include gone.conf»;`,
      },
      says: [
        '/etc/nginx/gone.conf does not exist, and nginx does not start without it: create it, or say with --path-map where its copy is; what it holds for "server" stays unknown here',
      ],
    },
  },
})
