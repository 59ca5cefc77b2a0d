import { blocksWith, type Directive, inventoryOf } from '../config/index.ts'
import { inherited, isWhollyKnown } from './inheritance.ts'
import type { Model } from './model.ts'
import { scopesThatPass } from './proxy-pass.ts'
import { variablesIn } from './template.ts'

/** Directives that hand requests to a backend, and the scheme that asks for TLS. */
const PASSES = [
  { pass: 'proxy_pass', scheme: /^https:\/\//i, certificate: 'proxy_ssl_certificate' },
  { pass: 'grpc_pass', scheme: /^grpcs:\/\//i, certificate: 'grpc_ssl_certificate' },
  { pass: 'uwsgi_pass', scheme: /^suwsgi:\/\//i, certificate: 'uwsgi_ssl_certificate' },
] as const

type Pass = (typeof PASSES)[number]

/**
 * The certificates to be shown to backends that have no key, where TLS is spoken to one: ngx_http_proxy_set_ssl,
 * ngx_stream_proxy_set_ssl. Where it is not, nginx does not look at them.
 */
export function backendCertificatesWithoutKey(model: Model): ReadonlySet<Directive> {
  const found = PASSES.flatMap((pass) => [...ofHttp(pass, model)])
  return new Set([...found, ...ofStream(model)])
}

function* ofHttp({ pass, scheme, certificate: name }: Pass, model: Model): Generator<Directive> {
  // So it is with nearly all configurations.
  if (blocksWith(name, model.configuration).size === 0) return
  for (const scope of scopesThatPass(pass, model.scopes, model.configuration)) {
    // With variables nginx is ready for TLS, whatever the scheme.
    if (!scope.own(pass).some(({ values: [url = ''] }) => scheme.test(url) || variablesIn(url).length > 0)) continue
    const [certificate] = inherited(scope, name).directives
    if (certificate?.argument(0) && inherited(scope, `${name}_key`).directives.length === 0 && isWhollyKnown(scope))
      yield certificate
  }
}

/** Of the servers of `stream`, which have the names of `http`. */
const [{ certificate: CERTIFICATE }] = PASSES
const KEY = `${CERTIFICATE}_key`

function* ofStream({ configuration }: Model): Generator<Directive> {
  if (blocksWith(CERTIFICATE, configuration).size === 0) return
  const unread = new Set(configuration.unresolved.map(({ parent }) => parent))
  for (const group of inventoryOf(configuration).groups) {
    if (group.name !== 'server' || group.place !== 'stream') continue
    for (const server of group.directives) {
      const inForce = (wanted: string) => {
        const own = server.named(wanted)
        return (own.length > 0 ? own : (server.parent?.named(wanted) ?? []))[0]
      }
      const certificate = inForce(CERTIFICATE)
      const speaksTls = inForce('proxy_ssl')?.argument(0)?.toLowerCase() === 'on'
      const isRead = !unread.has(server) && !unread.has(server.parent)
      if (certificate?.argument(0) && speaksTls && isRead && !inForce(KEY)) yield certificate
    }
  }
}
