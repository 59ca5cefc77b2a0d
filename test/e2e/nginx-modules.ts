/** Where the modules for stream and mail are, with the nginx at hand. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findNginx, nginxHas } from './nginx-binary.ts'

/** Where a distribution puts them; .ci/get-nginx has them beside the program. */
const FOLDERS = ['/usr/lib/nginx/modules', '/usr/share/nginx/modules', '/usr/lib64/nginx/modules']

/** The lines that load what is not built in; undefined where nginx has it not at all. */
export function linesToLoad(families: readonly ('stream' | 'mail')[]): string | undefined {
  const nginx = findNginx()
  if (!nginx) return undefined
  const named = process.env.NGINX_MODULES
  const folders = named ? [named] : [join(dirname(nginx), 'modules'), ...FOLDERS]
  const lines = families.map((family) => {
    const path = folders.map((folder) => join(folder, `ngx_${family}_module.so`)).find((one) => existsSync(one))
    if (path) return `load_module ${path};\n`
    return nginxHas(`--with-${family} `) ? '' : undefined
  })
  return lines.includes(undefined) ? undefined : lines.join('')
}
