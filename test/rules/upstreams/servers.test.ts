import { conf, testRule } from '../rule-tester.ts'

const empty = (name: string) => `nginx does not start: "upstream ${name}" has no server; add "server HOST:PORT;"`
const backup = (method: string) =>
  `nginx does not start: "${method}" knows no "backup"; leave it out, or take "least_conn"`

testRule('upstreams/servers', {
  clean: {
    servers: conf`
      http {
          upstream a { server 127.0.0.1 down; }
          upstream b { server 127.0.0.1; server 127.0.0.2 backup; }
          upstream c { least_conn; server 127.0.0.1; server 127.0.0.2 backup; }
          upstream d { ip_hash; server 127.0.0.1; server backup; }
          upstream e { ip_hash; least_conn; server 127.0.0.1; server 127.0.0.2 backup; }
      }
    `,
    'servers that nobody can see here': {
      'nginx.conf': conf`
        http {
            upstream a { include servers.conf; }
            upstream b { include servers/*.conf; }
            upstream c { zone c 64k; state /var/lib/nginx/c.conf; }
            upstream d { jdomain example.com; }
            upstream e { include servers.conf; server 127.0.0.1 backup; }
        }
      `,
      'servers.conf': conf`# to be filled`,
    },
    'of a template': conf`
      http { upstream a { {% for host in hosts %} server {{ host }}; {% endfor %} } upstream b { least_conn; {{ servers }} } }
    `,
  },
  caught: {
    'no server': {
      bad: conf`
        http {
            «upstream a» { }
            «upstream "b"» { zone b 64k; least_conn; keepalive 16; }
        }
        stream { «upstream c» { zone c 64k; } }
      `,
      says: [empty('a'), empty('"b"'), empty('c')],
    },
    'by itself': { bad: conf`«upstream a» { keepalive 16; }`, says: [empty('a')] },
    'backups alone': {
      bad: conf`http { «upstream a» { server 127.0.0.1 backup; server 127.0.0.2 weight=2 backup; } }`,
      says: ['nginx does not start: all servers of "upstream a" are "backup"; take it from one of them'],
    },
    'a backup with a method that has none': {
      bad: conf`
        http {
            upstream a { ip_hash; keepalive 4; server 127.0.0.1; server 127.0.0.2 weight=2 «backup»; }
            upstream b { hash $uri consistent; zone b 64k; server 127.0.0.1; server 127.0.0.2 «backup»; }
            upstream c { server 127.0.0.1; server 127.0.0.2 backup; random; server 127.0.0.3 «backup»; }
        }
        stream { upstream d { least_conn; hash $remote_addr; server 127.0.0.1:1; server 127.0.0.2:1 «backup»; } }
      `,
      says: [backup('ip_hash'), backup('hash'), backup('random'), backup('hash')],
    },
  },
})
