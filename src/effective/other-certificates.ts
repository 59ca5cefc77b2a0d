import { type Directive, inventoryOf } from '../config/index.ts'
import { isAtLeast } from '../nginx/version.ts'
import { SWITCH_GONE } from './certificates.ts'
import type { Model } from './model.ts'

/** A server of `stream` or `mail` that nginx does not start with, for want of a certificate or of the key to one. */
export interface OtherServerInNeed {
  readonly server: Directive
  /** What makes it speak TLS: it may stand around the server. */
  readonly asking: Directive
  /** The certificate that has no key; undefined where there is none at all. */
  readonly certificate: Directive | undefined
}

/** These servers share no addresses, so each is looked at by itself: ngx_stream_ssl_merge_conf, ngx_mail_ssl_merge_conf. */
export function otherServersInNeed({ configuration, target }: Model): OtherServerInNeed[] {
  const unread = new Set(configuration.unresolved.map(({ parent }) => parent))
  const mayHaveSwitch = !isAtLeast(target, SWITCH_GONE)
  return inventoryOf(configuration).groups.flatMap((group) => {
    if (group.name !== 'server' || (group.place !== 'stream' && group.place !== 'mail')) return []
    const hasSwitch = mayHaveSwitch && group.place === 'mail'
    return group.directives.flatMap((server) => {
      const asking = unread.has(server) || unread.has(server.parent) ? undefined : tlsOf(server, hasSwitch)
      const certificates = inForce(server, 'ssl_certificate')
      const certificate = certificates[inForce(server, 'ssl_certificate_key').length]
      return asking && (certificate || certificates.length === 0) ? { server, asking, certificate } : []
    })
  })
}

function tlsOf(server: Directive, hasSwitch: boolean): Directive | undefined {
  const startsTls = inForce(server, 'starttls').filter(({ values }) => values[0] !== 'off')
  const switched = hasSwitch ? inForce(server, 'ssl').filter(isOn) : []
  return server.named('listen').find(({ values }) => values.includes('ssl')) ?? startsTls[0] ?? switched[0]
}

function isOn({ values: [value] }: Directive): boolean {
  return value?.toLowerCase() === 'on'
}

/** Those of the server, or else those around it. */
function inForce(server: Directive, name: string): readonly Directive[] {
  const own = server.named(name)
  return own.length > 0 ? own : (server.parent?.named(name) ?? [])
}
