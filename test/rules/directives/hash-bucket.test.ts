import { conf, testRule } from '../rule-tester.ts'

const LONG = 'a'.repeat(47)
const LONGEST = 'a'.repeat(46)
const FOR_ALL = 'a'.repeat(111)

const said = (setting: string, level: string, bucket = 64, enough = 128) =>
  `nginx does not start, where cache lines have 64 bytes, as they mostly have: this ${setting.startsWith('map') ? 'key' : 'name'} is too long for a bucket of ${bucket} bytes; write "${setting} ${enough};" in "${level}"`
const certain = (text: string) => text.replace(/,.*have:/, ':')
const names = said('server_names_hash_bucket_size', 'http')
const keys = `${said('map_hash_bucket_size', 'http')}, above the maps`

testRule('directives/hash-bucket', {
  clean: {
    'names that fit': conf`
      http {
          map $uri $x { ${LONGEST.slice(1)}b 1; ~${FOR_ALL} 2; default ${FOR_ALL}; \\${LONGEST} 3; }
          map $host $y { hostnames; .${LONGEST} 1; *.${LONG} 2; }
          server { server_name ${LONGEST} .${LONGEST} *.${FOR_ALL} ~${FOR_ALL}; }
          server { server_name b; }
      }
    `,
    'a server that shares its address with none': conf`
      http { server { listen 80; server_name ${LONG}; } server { listen 81; server_name b; } }
    `,
    'larger buckets': conf`
      http {
          map_hash_bucket_size 128;
          map $uri $x { ${LONG} 1; }
          server { server_name ${LONG}; }
          server { server_name b; }
          server_names_hash_bucket_size 65;
      }
    `,
    'buckets that may be larger in what nobody reads': conf`
      http { include /opt/tuning.conf; map $uri $x { ${LONG} 1; } server { server_name ${LONG}; } server { server_name b; } }
    `,
    'a file by itself': conf`server { server_name ${LONG}; } server { server_name b; }`,
  },
  caught: {
    'for cache lines of 64 bytes': {
      bad: conf`
        http {
            map $uri $x { «${LONG}» 1; «\\${LONG}» 2; }
            map $host $y { hostnames; «.${LONG}» 1; }
            server { server_name b «${LONG}» c; }
            server { server_name «.${LONG}»; }
        }
      `,
      severity: 'warn',
      says: [keys, keys, keys, names, names],
    },
    'for all machines': {
      bad: conf`
        http { map_hash_bucket_size 64; map $uri $x { «${FOR_ALL}» 1; } server { server_name «${FOR_ALL}»; } server { server_name b; } }
        stream { map_hash_bucket_size 100; map $remote_addr $x { «${'a'.repeat(120)}» 1; } }
      `,
      says: [
        `${certain(said('map_hash_bucket_size', 'http', 64, 256))}, above the maps`,
        certain(said('server_names_hash_bucket_size', 'http', 64, 256)),
        `${certain(said('map_hash_bucket_size', 'stream', 128, 256))}, above the maps`,
      ],
    },
    'settings below a map': {
      bad: conf`http { map $uri $x { a 1; } «map_hash_bucket_size 128»; map $uri $y { a 1; } «map_hash_max_size 4096»; }`,
      says: [
        'nginx does not start: "map_hash_bucket_size" has to stand above all maps; move it above line 1',
        'nginx does not start: "map_hash_max_size" has to stand above all maps; move it above line 1',
      ],
    },
  },
})
