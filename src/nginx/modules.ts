import { modulesJson } from './facts.generated.ts'
import { once } from './once.ts'

/** Files of dynamic modules that are named otherwise than the modules in them are in nginx's documentation. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
  'ndk_http_module', // has no directives
  'ngx_http_xslt_filter_module',
  'ngx_http_brotli_filter_module',
  'ngx_stream_module',
  'ngx_mail_module',
  'ngx_rtmp_module',
])

/** Whether the table has the directives of the module that a `load_module` loads, given the path of its file. */
export function isKnownModuleFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '')
  return OTHER_NAMES.has(name) || moduleNames().has(name)
}

const moduleNames = once(() => new Set<string>(JSON.parse(modulesJson)))
