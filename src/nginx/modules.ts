import { furtherModulesJson, modulesJson } from './facts.generated.ts'
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

/** The modules by the numbers that rows of the tables have for them. */
export const moduleNames = once((): readonly string[] => [...commonNames(), ...JSON.parse(furtherModulesJson)])

/** Whether the tables have the directives of the module that a `load_module` loads, given the path of its file. */
export function isKnownModuleFile(path: string): boolean {
  return isCommonModuleFile(path) || moduleNames().includes(nameOf(path))
}

/** Whether they have its variables as well: of modules that few have they lack some. */
export function isCommonModuleFile(path: string): boolean {
  const name = nameOf(path)
  return OTHER_NAMES.has(name) || commonNames().has(name)
}

const commonNames = once(() => new Set<string>(JSON.parse(modulesJson)))

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '')
}
