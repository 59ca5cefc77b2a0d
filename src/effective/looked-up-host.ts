import { type Directive, inventoryOf, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { inherited, isWhollyKnown } from './inheritance.ts'
import type { Model } from './model.ts'
import { readProxyPass } from './proxy-pass.ts'
import { type ProxyUrl, parseProxyUrl } from './proxy-url.ts'
import type { Scope } from './scope.ts'
import { parseTemplate } from './template.ts'

/** Each `proxy_pass` whose URL holds variables. */
export const passesWithVariables = memoize((model: Model): ReadonlySet<Directive> => {
  const found = judgedByName('proxy_pass', model.configuration, (one) => readProxyPass(one).hasVariables || undefined)
  return new Set(found.keys())
})

/**
 * The name of a backend that nginx has to look up for each request, since the URL of the `proxy_pass` holds variables, and that
 * no `resolver` is there to ask for: it answers 502. Undefined where that is not so for certain.
 */
export function hostWithoutResolver(scope: Scope, model: Model): string | undefined {
  const directive = scope.own('proxy_pass').at(-1)
  if (!directive || !passesWithVariables(model).has(directive)) return undefined
  if (!isWhollyKnown(scope) || inherited(scope, 'resolver').directives.length > 0) return undefined
  const hosts = possibleUrls(directive.argument(0) ?? '', model).map((url) => url && hostToLookUp(url, model))
  return hosts.includes(undefined) ? undefined : hosts[0]
}

/** ngx_http_upstream_init_request: no address, and none that an `upstream` or a URL without variables has the servers of. */
function hostToLookUp({ authority, port }: ProxyUrl, model: Model): string | undefined {
  const host = hostOf(authority)
  if (/^(?:unix:|\[|\d+\.\d+\.\d+\.\d+$)/.test(host) || host.includes(UNKNOWN)) return undefined
  const { upstreams, fixed } = known(model)
  const isKnown = fixed.has(`${host}:${port}`) || (host.length === authority.length && upstreams.has(host))
  return isKnown ? undefined : host
}

const hostOf = (authority: string) => authority.replace(/:\d+$/, '').toLowerCase()

const known = memoize((model: Model) => ({
  upstreams: new Set([...model.upstreams.keys()].map((name) => name.toLowerCase())),
  fixed: new Set(model.proxying.flatMap((scope) => scope.own('proxy_pass').flatMap(fixedAddress))),
}))

/** The host and port of a URL without variables, which nginx looks up when it starts. */
function fixedAddress(directive: Directive): string[] {
  const url = readProxyPass(directive).hasVariables ? undefined : parseProxyUrl(directive.argument(0) ?? '')
  return url ? [`${hostOf(url.authority)}:${url.port}`] : []
}

/** Stands for what a variable may be that nobody knows. */
const UNKNOWN = '\0'

/** More values than that nobody writes by hand. */
const MOST_URLS = 100

/** All that a URL may be; undefined among them where nobody knows its host. */
function possibleUrls(url: string, model: Model): (ProxyUrl | undefined)[] {
  let texts = ['']
  for (const part of parseTemplate(url)) {
    const values = 'literal' in part ? [part.literal] : valuesOf(part.variable.toLowerCase(), model)
    if (texts.length * values.length > MOST_URLS) return [undefined]
    texts = texts.flatMap((text) => values.map((value) => text + value))
  }
  return texts.map(parseProxyUrl)
}

/** Variables that end a host, with how they begin. */
const ENDING_HOST: Readonly<Record<string, string>> = { uri: '/', document_uri: '/', request_uri: '/', is_args: '?' }

/** All that a variable may be, where `set` or a map gives it constants alone. */
function valuesOf(name: string, model: Model): readonly string[] {
  const map = model.maps.get(name)
  if (!map) return [...(constants(model).get(name) ?? [ENDING_HOST[name] ?? UNKNOWN])]
  const isWhole = !map.isPartial && map.rows.some(({ key }) => key === 'default')
  const values = new Set(map.rows.map(({ value }) => value))
  return isWhole && [...values].every((value) => !value.includes('$')) ? [...values] : [UNKNOWN]
}

/** What a program within nginx may give any value. */
const PROGRAMS = /_by_lua|^(?:js|perl)_/

/** The constants that `set` gives each variable, where nothing else gives it any value. */
const constants = memoize((model: Model): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  const { groups } = inventoryOf(model.configuration)
  if (groups.some(({ name }) => PROGRAMS.test(name))) return found
  const sets = groups.filter(({ name }) => name === 'set').flatMap((group) => group.alike())
  for (const { values } of sets) {
    const [name = '', value = ''] = values
    const own = found.get(name.slice(1).toLowerCase()) ?? new Set()
    found.set(name.slice(1).toLowerCase(), own.add(value.includes('$') ? UNKNOWN : value))
  }
  return found
})
