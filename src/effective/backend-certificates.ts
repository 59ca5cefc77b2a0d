import { blocksWith, type Directive, inventoryOf } from '../config/index.ts'
import { inherited, isWhollyKnown } from './inheritance.ts'
import type { Model } from './model.ts'

const CERTIFICATE = 'proxy_ssl_certificate'
const KEY = 'proxy_ssl_certificate_key'

/**
 * The certificates to be shown to backends that have no key, where TLS is spoken to one: ngx_http_proxy_set_ssl,
 * ngx_stream_proxy_set_ssl. Where it is not, nginx does not look at them.
 */
export function backendCertificatesWithoutKey(model: Model): ReadonlySet<Directive> {
  const found = new Set<Directive>()
  // So it is with nearly all configurations.
  if (blocksWith(CERTIFICATE, model.configuration).size === 0) return found
  for (const scope of model.proxying) {
    if (!scope.own('proxy_pass').some(({ values: [url] }) => /^https:\/\//i.test(url ?? ''))) continue
    const [certificate] = inherited(scope, CERTIFICATE).directives
    if (certificate?.argument(0) && inherited(scope, KEY).directives.length === 0 && isWhollyKnown(scope))
      found.add(certificate)
  }
  for (const certificate of ofStream(model)) found.add(certificate)
  return found
}

function* ofStream({ configuration }: Model): Generator<Directive> {
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
