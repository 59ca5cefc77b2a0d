import { conf, testRule } from '../rule-tester.ts'

const without = (name: string) => `the colon is a part of the name to nginx, so write "${name}" without it`
const gets = (line: string, name: string) => `the backend gets "${line}": ${without(name)}`
const twice = 'the backend would get two rows of that header'

testRule('directives/header-colon', {
  clean: {
    'no colon': conf`server { add_header A b; location / { proxy_pass http://b; proxy_set_header Host $host; } }`,
    'a colon in the value': conf`server { location / { proxy_pass http://b; proxy_set_header Host a:80; add_header A :b; } }`,
    'a colon within the name': conf`server { location / { proxy_pass http://b; proxy_set_header A:b c; } }`,
    'nothing but a colon': conf`server { location / { proxy_pass http://b; proxy_set_header : c; } }`,
    'a directive of another module, which wants it so': conf`server { more_set_headers "Server:"; }`,
    'the rows of a handshake have rules of their own': conf`
      server { location /ws { proxy_pass http://b; proxy_set_header Upgrade: $http_upgrade; proxy_set_header Connection: upgrade; } }
    `,
    'and are known by them': conf`
      server { location /x { proxy_pass http://b; proxy_set_header Upgrade: $http_upgrade; } }
    `,
    'nor are they told twice where their names are misspelt, too': conf`
      server { location /x { proxy_pass http://b; proxy_set_header Upgarde: $http_upgrade; proxy_set_header Conection: upgrade; } }
    `,
    'nor need the Host of one be told twice': conf`
      server { location /ws { proxy_pass http://b; proxy_set_header Host: $host; } }
    `,
  },
  caught: {
    'rows for a backend': {
      bad: conf`server { location / { proxy_pass http://b; proxy_set_header «X-Real-IP:» $remote_addr; proxy_set_header «Host:» $host; } }`,
      says: [gets('X-Real-IP:: $remote_addr', 'X-Real-IP'), gets('Host:: $host', 'Host')],
      fixed: conf`server { location / { proxy_pass http://b; proxy_set_header X-Real-IP $remote_addr; proxy_set_header Host $host; } }`,
    },
    'in quotes, with blanks, and twice': {
      bad: conf`server { location / { proxy_pass http://b; proxy_set_header «"A:"» a; proxy_set_header «'B : '» b; proxy_set_header «C::» c; } }`,
      says: [gets('A:: a', 'A'), gets('B : : b', 'B'), gets('C::: c', 'C')],
      fixed: conf`server { location / { proxy_pass http://b; proxy_set_header "A" a; proxy_set_header 'B' b; proxy_set_header C c; } }`,
    },
    'a snippet is mended once': {
      bad: {
        'nginx.conf': conf`events {} http { server { location / { include p; proxy_pass http://b; } location /b { include p; proxy_pass http://b; } } }`,
        p: 'proxy_set_header «Host:» $host;',
      },
      says: [gets('Host:: $host', 'Host')],
      fixed: { p: 'proxy_set_header Host $host;' },
    },
    'a Connection that is for no WebSocket': {
      bad: conf`server { location / { proxy_pass http://b; proxy_set_header «Connection:» ""; } }`,
      says: [gets('Connection:: ', 'Connection')],
      unsafe: true,
      fixed: conf`server { location / { proxy_pass http://b; proxy_set_header Connection ""; } }`,
    },
    'beside another row of the header': {
      bad: conf`server { location / { proxy_pass http://b; proxy_set_header host $host; proxy_set_header «Host:» $host; } }`,
      says: [gets('Host:: $host', 'Host')],
      unfixable: twice,
    },
    'twice with a colon': {
      bad: conf`server { location / { proxy_pass http://b; proxy_set_header «A:» 1; proxy_set_header «a:» 2; } }`,
      says: [gets('A:: 1', 'A'), gets('a:: 2', 'a')],
      unfixable: twice,
    },
    'beside another one, in a file that nobody includes here': {
      bad: conf`
        proxy_set_header Host $host;
        proxy_set_header «Host:» $host;
      `,
      says: [gets('Host:: $host', 'Host')],
      unfixable: twice,
    },
    'a row for a backend that speaks gRPC': {
      bad: conf`server { location / { grpc_pass grpc://b; grpc_set_header «X-A:» a; } }`,
      says: [`no header of HTTP/2 may have one in its name: ${without('X-A')}`],
      fixed: conf`server { location / { grpc_pass grpc://b; grpc_set_header X-A a; } }`,
    },
    'rows for clients': {
      bad: conf`server { add_header «X-Frame-Options:» DENY always; add_trailer «T:» a; }`,
      says: [
        `clients get "X-Frame-Options:: DENY": ${without('X-Frame-Options')}`,
        `clients get "T:: a": ${without('T')}`,
      ],
      severity: 'warn',
      unsafe: true,
      fixed: conf`server { add_header X-Frame-Options DENY always; add_trailer T a; }`,
    },
    'headers that are looked for': {
      bad: conf`server { proxy_hide_header «X-Powered-By:»; fastcgi_pass_header «"Status:"»; }`,
      says: [`no header has that name: ${without('X-Powered-By')}`, `no header has that name: ${without('Status')}`],
      severity: 'warn',
      unsafe: true,
      fixed: conf`server { proxy_hide_header X-Powered-By; fastcgi_pass_header "Status"; }`,
    },
  },
})
