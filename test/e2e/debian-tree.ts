/** Debian's own /etc/nginx, copied and adapted as little as it takes to run beside the real one. */
import { existsSync, lstatSync } from 'node:fs'
import { createServer } from 'node:net'
import { TEMPORARY_PATHS } from './nginx.ts'
import { makeTree, type Tree } from './tree.ts'

const SOURCE = '/etc/nginx'
/** Relative includes start beside it; everything else that is relative starts at the tree. */
export const DEBIAN_FOLDER = 'etc/nginx'
export const DEBIAN_CONF = `${DEBIAN_FOLDER}/nginx.conf`

/** Whether /etc/nginx has the layout of Debian's package. */
export function hasDebianTree(): boolean {
  const enabled = `${SOURCE}/sites-enabled/default`
  return existsSync(`${SOURCE}/nginx.conf`) && existsSync(enabled) && lstatSync(enabled).isSymbolicLink()
}

/** The copy, listening on `port` of loopback. */
export async function copyDebianTree(port: number): Promise<Tree> {
  const tree = makeTree({})
  const ipv6 = (await hasIpv6()) ? `listen [::1]:${port}` : '# no IPv6 here: listen [::1]'
  const adapt = (text: string): string =>
    text
      .replaceAll(`${SOURCE}/`, `${tree.path(DEBIAN_FOLDER)}/`)
      .replaceAll('/var/log/nginx/', `${tree.path('log')}/`)
      .replace(/^user .*;$/m, process.getuid?.() === 0 ? '$&' : '# not root here: $&')
      .replace(/^pid .*;$/m, `pid ${tree.path('nginx.pid')};`)
      .replace(/\blisten \[::\]:80\b/g, ipv6)
      .replace(/\blisten 80\b/g, `listen 127.0.0.1:${port}`)
  tree.copy(SOURCE, DEBIAN_FOLDER, adapt)
  tree.write({
    'log/.keep': '',
    // Debian's default is to keep them in /var/lib/nginx.
    [`${DEBIAN_FOLDER}/conf.d/temporary-paths.conf`]: `${TEMPORARY_PATHS}\n`,
    // What modules-enabled names is relative to the compiled-in prefix.
    ...(existsSync('/usr/share/nginx/modules') ? { modules: { link: '/usr/share/nginx/modules' } } : {}),
  })
  return tree
}

async function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(0, '::1', () => server.close(() => resolve(true)))
  })
}
