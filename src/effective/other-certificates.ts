import { type Configuration, type Directive, inventoryOf } from '../config/index.ts'

/** A server of `stream` or `mail` that nginx does not start with, for want of a certificate or of the key to one. */
export interface OtherServerInNeed {
  readonly server: Directive
  /** What makes it speak TLS: it may stand around the server. */
  readonly asking: Directive
  /** The certificate that has no key; undefined where there is none at all. */
  readonly certificate: Directive | undefined
}

/** These servers share no addresses, so each is looked at by itself: ngx_stream_ssl_merge_conf, ngx_mail_ssl_merge_conf. */
export function otherServersInNeed(configuration: Configuration): OtherServerInNeed[] {
  const unread = new Set(configuration.unresolved.map(({ parent }) => parent))
  return inventoryOf(configuration).groups.flatMap((group) => {
    if (group.name !== 'server' || (group.place !== 'stream' && group.place !== 'mail')) return []
    return group.directives.flatMap((server) => {
      const asking = unread.has(server) || unread.has(server.parent) ? undefined : tlsOf(server)
      const certificates = inForce(server, 'ssl_certificate')
      const certificate = certificates[inForce(server, 'ssl_certificate_key').length]
      return asking && (certificate || certificates.length === 0) ? { server, asking, certificate } : []
    })
  })
}

function tlsOf(server: Directive): Directive | undefined {
  const startsTls = inForce(server, 'starttls').filter(({ values }) => values[0] !== 'off')
  return server.named('listen').find(({ values }) => values.includes('ssl')) ?? startsTls[0]
}

/** Those of the server, or else those around it. */
function inForce(server: Directive, name: string): readonly Directive[] {
  const own = server.named(name)
  return own.length > 0 ? own : (server.parent?.named(name) ?? [])
}
