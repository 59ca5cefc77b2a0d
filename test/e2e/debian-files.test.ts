/** nginx's own files, where Debian's package has put them: none is called wrong. Nothing is fetched or installed. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { hasDebianTree } from './debian-tree.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { runNgxlint } from './ngxlint.ts'

const FOLDER = '/etc/nginx'
/** Those that others include; the last is for locations. */
const FRAGMENTS = ['fastcgi.conf', 'fastcgi_params', 'koi-utf', 'koi-win', 'mime.types', 'proxy_params', 'scgi_params']
  .concat(['uwsgi_params', 'win-utf', 'snippets/fastcgi-php.conf', 'snippets/snakeoil.conf', 'sites-available/default'])
  .filter((path) => existsSync(join(FOLDER, path)))

interface Report {
  readonly problems: readonly { readonly ruleId: string; readonly severity: string; readonly file: string }[]
}

async function problemsOf(path: string): Promise<Report['problems']> {
  const { stdout, stderr } = await runNgxlint([path, '--no-config', '-f', 'json'], FOLDER)
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as Report).problems
}

describeWithNginx(
  'the files of nginx-common',
  (add) => {
    add('the whole configuration has nothing wrong with it', async () => {
      expect(await problemsOf('nginx.conf')).toEqual([])
    })

    add('nor has any file by itself', async () => {
      const found = await Promise.all(FRAGMENTS.map(async (path) => ({ path, problems: await problemsOf(path) })))
      expect(found.flatMap(({ path, problems }) => problems.map((problem) => ({ path, ...problem })))).toEqual([])
      expect(FRAGMENTS.length).toBeGreaterThan(5)
      expect(readdirSync(FOLDER)).toContain('nginx.conf')
    })
  },
  { here: hasDebianTree(), what: '/etc/nginx as Debian packages it' },
)
