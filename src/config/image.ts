import { type ConfigurationFiles, compareBytes } from './files.ts'
import { nameMatcher, unescapeGlob } from './fnmatch.ts'
import { folderOf, mapPath, nameOf, type PathMapping } from './path.ts'

/**
 * The official image of nginx: before nginx starts, 20-envsubst-on-templates.sh of its entrypoint writes
 * /etc/nginx/conf.d/X for each /etc/nginx/templates/X.template (https://hub.docker.com/_/nginx).
 */
const SUFFIX = '.template'

/**
 * Its nginx.conf, which includes what is rendered, for projects that have none. Its mime.types is left out: nobody
 * has that here, and it says nothing of anything else.
 */
export const STOCK_MAIN = `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;
events {
    worker_connections 1024;
}
http {
    default_type application/octet-stream;
    sendfile on;
    keepalive_timeout 65;
    include /etc/nginx/conf.d/*.conf;
}
`

/** Files that nginx's packages put beside nginx.conf, and certbot elsewhere, which copies leave out. Nothing in them counts here. */
const PACKAGED: ReadonlySet<string> = new Set([
  'mime.types',
  'fastcgi.conf',
  'fastcgi_params',
  'scgi_params',
  'uwsgi_params',
  'koi-utf',
  'koi-win',
  'win-utf',
  'options-ssl-nginx.conf',
])

/** Whether a file that a copy lacks is one that stands on every server. */
export function isPackaged(path: string): boolean {
  return PACKAGED.has(nameOf(path))
}

/**
 * What an include of conf.d finds with the templates rendered: each stands for the file that becomes of it. A file that
 * is there under that name may be for another occasion, as development: it stays, unless it is the template that is asked for.
 * @param original the pattern before mappings, and `pattern` after them
 * @param wanted paths of templates that are asked for
 */
export function withTemplates(
  { original, pattern }: { readonly original: string; readonly pattern: string },
  found: readonly string[],
  { mappings, sites: wanted }: { readonly mappings: readonly PathMapping[]; readonly sites: readonly string[] },
  files: ConfigurationFiles,
): readonly string[] {
  const [name, folder] = [nameOf(pattern), unescapeGlob(folderOf(pattern))]
  if (nameOf(folder) !== 'conf.d') return found
  const mapped = mapPath(templatesBeside(unescapeGlob(folderOf(original))), mappings)
  const isMatch = nameMatcher(name)
  for (const templates of new Set([mapped, templatesBeside(folder)])) {
    // On a server, and in the image itself, they have been rendered.
    if (templates.startsWith('/etc/nginx/')) continue
    const rendered = renderedFrom(templates, files).filter(isMatch)
    if (rendered.length === 0) continue
    const isWanted = (path: string) => wanted.some((other) => files.realPath(other) === files.realPath(path))
    const all = rendered.map((own) => `${templates}/${own}${SUFFIX}`)
    const taken = all.filter((path) => isWanted(path) || !found.some((other) => nameOf(other) === resultOf(path)))
    const results = new Set(taken.map(resultOf))
    return [...found.filter((path) => !results.has(nameOf(path))), ...taken].sort((one, other) =>
      compareBytes(resultOf(one), resultOf(other)),
    )
  }
  return found
}

/** Whether a folder beside `templates` would be taken for the image's conf.d. */
export function isRenderedHere(folder: string, files: ConfigurationFiles): boolean {
  return renderedFrom(`${folder}/templates`, files).length > 0
}

/** Where the nginx.conf stands that includes what becomes of a template; undefined for other files. */
export function stockMainFor(path: string): string | undefined {
  const folder = folderOf(path)
  return path.endsWith(`.conf${SUFFIX}`) && nameOf(folder) === 'templates' && folderOf(folder) !== '/etc/nginx'
    ? `${folderOf(folder)}/nginx.conf`
    : undefined
}

/** The names that the templates of a folder get in conf.d. With an nginx.conf among them, that is not where they go. */
function renderedFrom(templates: string, files: ConfigurationFiles): string[] {
  const names = files.list(templates).filter((name) => name.endsWith(SUFFIX))
  return names.includes(`nginx.conf${SUFFIX}`) ? [] : names.map((name) => name.slice(0, -SUFFIX.length))
}

function templatesBeside(folder: string): string {
  return `${folderOf(folder)}/templates`
}

function resultOf(path: string): string {
  const name = nameOf(path)
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name
}
