/** Two sites that `--fix` mends, in two folders, one behind a link: what a run writes all of, or nothing. */
import { makeTree, type Snapshot, type Tree } from './tree.ts'

const site = (port: number) => `server {
	listen 127.0.0.1:${port};
	location /ws {
		proxy_pass http://127.0.0.1:9;
	}
}
`
const FIXED = `		proxy_http_version 1.1;
		proxy_set_header Upgrade $http_upgrade;
		proxy_set_header Connection "upgrade";
`

export const CONF = 'nginx.conf'
export const SITES = ['conf.d/one.conf', 'sites-available/two'] as const

export function makeBrokenSites(ports: readonly [number, number] = [9, 9]): Tree {
  return makeTree({
    [CONF]: `pid .nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	include conf.d/*.conf;
	include sites-enabled/*;
}
`,
    'conf.d/one.conf': site(ports[0]),
    'sites-available/two': site(ports[1]),
    'sites-enabled/two': { link: '../sites-available/two' },
  })
}

/** What the tree holds when it is fixed. */
export function fixedSnapshot(old: Snapshot): Snapshot {
  const fixed = { ...old }
  for (const path of SITES) {
    const entry = old[path]
    if (entry && 'text' in entry) fixed[path] = { text: entry.text.replace('9;\n\t}', `9;\n${FIXED}\t}`) }
  }
  return fixed
}

/** The files that are neither as they were nor as they should be; names of ngxlint's own aside. */
export function tornFiles(now: Snapshot, old: Snapshot): string[] {
  const fixed = fixedSnapshot(old)
  const same = (path: string, other: Snapshot) => JSON.stringify(now[path]) === JSON.stringify(other[path])
  const paths = Object.keys({ ...now, ...old }).filter((path) => !/(^|\/)\.ngxlint-/.test(path))
  return paths.filter((path) => !same(path, old) && !same(path, fixed))
}
