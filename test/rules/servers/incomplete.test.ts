import { conf, testRule } from '../rule-tester.ts'

const said = (what: string) => `nginx does not start: ${what}`
const NO_LISTEN = said('this server has no "listen", and only one of "http" may do without; add it, with a port')
const NO_PROTOCOL = said(
  'no port of this server tells its protocol; add "protocol imap;", "protocol pop3;" or "protocol smtp;"',
)
const NO_AUTH = said('nobody says who may log in to this server; add "auth_http" to it, or to "mail"')

testRule('servers/incomplete', {
  clean: {
    'all of it': conf`
      events {}
      http { server { root /x; } upstream u { server 127.0.0.1; } }
      stream { upstream u { server 127.0.0.1:1; } server { listen 1; return a; } }
      mail { auth_http a:1; server { listen 1143; protocol imap; } server { listen 993 ssl; } }
    `,
    'in the server itself, and a port among others': conf`
      mail { server { listen 1143; listen [::]:143; auth_http a:1; } }
    `,
    'what an include may have': conf`
      mail { include auth.conf; server { listen 143; } }
      stream { server { include listen.conf; return a; } }
    `,
    'a file of servers, which may be those of http': conf`server { root /x; }`,
    'a port that a program puts in': conf`mail { auth_http a:1; server { listen $PORT; } }`,
    'a template': conf`stream { server { {{ listen }} return a; } }`,
    'a file that could not be read': conf`stream { server { return "a; } }`,
  },
  caught: {
    'no listen': {
      bad: conf`
        stream { «server» { proxy_pass 127.0.0.1:1; } }
        mail { auth_http a:1; «server» { protocol imap; } }
      `,
      says: [NO_LISTEN, NO_LISTEN],
    },
    'no protocol': {
      bad: conf`mail { auth_http a:1; «server» { listen 1143; listen 127.0.0.1:2525; } }`,
      says: [NO_PROTOCOL],
    },
    'nobody to ask': {
      bad: conf`mail { «server» { listen 143; } server { listen 110; auth_http a:1; } }`,
      says: [NO_AUTH],
    },
  },
})
