import { conf, testRule } from '../rule-tester.ts'

const said = (what: string) => `nginx does not start: ${what}`
const again = (key: string, line: string) =>
  said(`"${key}" stands in this block already, in ${line}; take one of them away`)
const same = (key: string, other: string, line: string) =>
  said(`"${key}" and "${other}" of ${line} are one key to nginx; take one of them away`)
const several = (key: string, count: number) =>
  said(`"${key}" may have one value, and has ${count}: put them in quotes, or end the row before`)

testRule('directives/rows', {
  clean: {
    'rows of a map': conf`
      http {
          map $uri $a { default 1; DEFAULT 3; a 1; "b c" 2; ~a 1; ~a 2; ~*a 3; *.a.com 1; .a.com 2; a.com 3; É 1; é 2; "" 3; }
          map $uri $b { hostnames; volatile; a.com 1; *.a.com 2; www.a.com 3; *.www.a.com 4; a.* 5; .b.com 6; .c.* 7; }
          map $uri $a { a 2; }
      }
      stream { map $remote_addr $c { volatile; 10.0.0.1 1; 10.0.0.2 2; } }
    `,
    'rows of geo and split_clients': conf`
      http {
          geo $a { default 0; 10.0.0.0/8 1; 10.1.0.0/16 2; 10.1.0.0/16 2; ::1 3; 2001:db8::/32 4; proxy 10.0.0.1; proxy_recursive; delete 10.0.0.0/9; }
          geo $b { ranges; volatile; default 0; 10.0.0.0-10.0.0.255 1; }
          split_clients $uri $c { 33.33% a; 33.33% b; 0.5% c; .5% d; * e; }
      }
    `,
    'rows of a template': {
      'nginx.conf.j2': conf`http { map $uri $x { {% if a %} default 1; {% else %} default 2; {% endif %} {{ key }} 1; {{ key }} 2; } }`,
    },
  },
  caught: {
    'keys that are there twice': {
      bad: conf`
        http {
            map $uri $x {
                default 1;
                /a 1;
                «"/a" 1»;
                «/A 2»;
                «\/a 3»;
                «default 2»;
            }
        }
      `,
      says: [
        again('/a', 'line 4'),
        same('/A', '/a', 'line 4'),
        same('\\/a', '/a', 'line 4'),
        again('default', 'line 3'),
      ],
      related: [
        'nginx.conf:4: the first one',
        'nginx.conf:4: the first one',
        'nginx.conf:4: the first one',
        'nginx.conf:3: the first one',
      ],
    },
    'names of hosts': {
      bad: conf`
        http {
            map $host $x {
                hostnames;
                a.com 1;
                *.a.com 2;
                «.a.com 3»;
                .b.com 4;
                «b.com 5»;
                «*.B.com 6»;
                «*c.com 7»;
                «c..com 7»;
            }
        }
      `,
      says: [
        same('.a.com', 'a.com', 'line 4'),
        same('b.com', '.b.com', 'line 7'),
        same('*.B.com', '.b.com', 'line 7'),
        said('"*c.com" is no name: beside "hostnames" a "*" stands for the first or the last part of one'),
        said('"c..com" is no name: beside "hostnames" a "*" stands for the first or the last part of one'),
      ],
    },
    'the number of values': {
      bad: conf`http { map $uri $x { «/a 1 2»; «/b»; } geo $y { «default»; «10.0.0.1 a b»; } }`,
      says: [several('/a', 2), said('"/b" has no value'), said('"default" has no value'), several('10.0.0.1', 2)],
    },
    'rows that a file brings': {
      bad: {
        'nginx.conf': conf`http { map $uri $x { include rows; «/a 2»; } map $uri $y { include rows; «include rows»; } }`,
        rows: conf`/a 1;`,
      },
      says: [again('/a', 'rows:1'), again('/a', 'rows:1')],
    },
    networks: {
      bad: conf`
        http {
            geo $x { «localhost 1»; «10.0.0.0/33 2»; «proxy 10.0.0.300»; «delete all»; }
            geo $y { ranges; «10.0.0.0/8 1»; «10.0.0.1 2»; }
        }
      `,
      says: [
        ...['localhost', '10.0.0.0/33', '10.0.0.300', 'all'].map((one) =>
          said(`"${one}" is no network; write an address, or it as 10.0.0.0/8`),
        ),
        ...['10.0.0.0/8', '10.0.0.1'].map((one) =>
          said(`"${one}" is no range; beside "ranges" write it as 10.0.0.0-10.0.0.255`),
        ),
      ],
    },
    'a network with two values': {
      bad: conf`http { geo $x { 10.0.0.0/8 1; «10.0.0.0/8 2»; } }`,
      severity: 'warn',
      says: ['"10.0.0.0/8" has another value in line 1; nginx takes the last one'],
    },
    'a type without a ";" before it': {
      bad: conf`
        http {
            types {
                text/css css;
                «text/html html htm
                application/javascript js»;
                image/svg+xml svg svgz;
            }
        }
      `,
      severity: 'warn',
      says: ['"application/javascript" is taken for the ending of a file; is a ";" missing before it?'],
    },
    shares: {
      bad: conf`http { split_clients $uri $x { 50% a; «50 b»; } split_clients $uri $y { 60% a; «50.5% c»; * b; } }`,
      says: [
        said('"50" is no share; write it as 10% or 0.5%, or "*" for what is left'),
        said('the shares are 110.5 % with this one, and may be 100 in all'),
      ],
    },
  },
})
