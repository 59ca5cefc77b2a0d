import { conf, testRule } from '../rule-tester.ts'

testRule('servers/duplicate-name', {
  clean: {
    'other names, other ports, other addresses': conf`
      server { listen 80; server_name a; }
      server { listen 80; server_name b *.a; }
      server { listen 443 ssl; server_name a; }
      server { listen 127.0.0.1:80; server_name a; }
    `,
    'a port of QUIC, which is another one': conf`
      server { listen 443 quic; server_name a; }
      server { listen 443 ssl; server_name a; }
    `,
    'a name twice in one server': conf`server { listen 80; listen [::]:80; server_name a a; }`,
    'a regex twice, which nginx takes': conf`server { listen 80; server_name ~^a; } server { listen 80; server_name ~^a; }`,
    'a template': conf`
      server { listen 80; server_name {{ a }}; }
      server { listen 80; server_name {{ a }}; }
    `,
    'a range that runs backwards': conf`server { listen 8080-8070; } server { listen 8070; }`,
    'servers of stream': conf`stream { server { listen 1; } } http { server { listen 1; } }`,
  },
  caught: {
    'a name among others, on two ports': {
      bad: conf`
        server { listen 80; listen 81; server_name a b; }
        server { listen 81; listen 80; server_name c «B»; }
      `,
      says: ['nginx ignores "b" here: the server of line 1 has it on *:80 too, and answers'],
      related: ['nginx.conf:1: the first one'],
    },
    'wildcards, and the name for all': {
      bad: conf`
        server { listen 80; server_name *.a b.* _; }
        server { listen 80; server_name «*.a» «b.*» «_»; }
      `,
      says: ['*.a', 'b.*', '_'].map(
        (name) => `nginx ignores "${name}" here: the server of line 1 has it on *:80 too, and answers`,
      ),
    },
    'no names, and no ports': {
      bad: conf`
        server { root /a; }
        «server» { root /b; }
      `,
      says: ['nginx ignores a server without a name here: the server of line 1 has none on *:80 too, and answers'],
    },
    'another file': {
      bad: {
        'nginx.conf': conf`events {} http { include a.conf; include b.conf; }`,
        'a.conf': conf`server { listen 80; server_name a; }`,
        'b.conf': conf`server { listen 80; server_name «a»; }`,
      },
      says: ['nginx ignores "a" here: the server of a.conf:1 has it on *:80 too, and answers'],
    },
    'a file that two patterns take in': {
      bad: {
        'nginx.conf': conf`events {} http { include a*; «include *.conf»; }`,
        'a.conf': conf`server { listen 80; server_name a; }`,
      },
      says: ['nginx ignores "a" here: the same file, included before, has it on *:80 too, and answers'],
    },
  },
})
