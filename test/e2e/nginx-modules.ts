/** Where modules that are not always built in are, for the nginx at hand. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findNginx, nginxHas } from './nginx-binary.ts'

/** Where a distribution puts them; .ci/get-nginx has them beside the program. */
const FOLDERS = ['/usr/lib/nginx/modules', '/usr/share/nginx/modules', '/usr/lib64/nginx/modules']

type Family = 'stream' | 'mail' | 'http_headers_more_filter'

/** The lines that load what is not built in; undefined where nginx has it not at all. */
export function linesToLoad(families: readonly Family[]): string | undefined {
  const nginx = findNginx()
  if (!nginx) return undefined
  const named = process.env.NGINX_MODULES
  const folders = named ? [named] : [join(dirname(nginx), 'modules'), ...FOLDERS]
  const lines = families.map((family) => {
    const path = folders
      .map((folder) => join(folder, `ngx_${family}_module.so`))
      .find((one) => existsSync(one) && isOf(nginx, one))
    if (path) return `load_module ${path};\n`
    return nginxHas(`--with-${family} `) ? '' : undefined
  })
  return lines.includes(undefined) ? undefined : lines.join('')
}

/** Whether a module was made for this nginx: that of a distribution is there for another, too. */
function isOf(nginx: string, module: string): boolean {
  const args = ['-t', '-c', '/dev/null', '-g', `load_module ${module};`]
  const { stderr } = spawnSync(nginx, args, { encoding: 'latin1', timeout: 10_000 })
  return !/ instead of \d+ in |is not binary compatible|dlopen\(\)/.test(stderr)
}
