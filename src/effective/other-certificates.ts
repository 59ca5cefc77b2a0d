import { type Directive, inventoryOf } from '../config/index.ts'
import { changedIn } from '../nginx/defaults.ts'
import { isAtLeast, isBefore } from '../nginx/version.ts'
import { SWITCH_GONE } from './certificates.ts'
import { addressesOf, readListen } from './listen.ts'
import type { Model } from './model.ts'

/** A server of `stream` or `mail` that nginx does not start with, for want of a certificate or of the key to one. */
export interface OtherServerInNeed {
  readonly server: Directive
  /** What makes it speak TLS: it may stand around the server, or be a `listen` of another one. */
  readonly asking: Directive
  /** The certificate that has no key; undefined where there is none at all. */
  readonly certificate: Directive | undefined
}

/** Of `mail`, and of `stream` before it had virtual servers, each is looked at by itself: ngx_mail_ssl_merge_conf, ngx_stream_ssl_merge_conf. */
export function otherServersInNeed({ configuration, target }: Model): OtherServerInNeed[] {
  const unread = new Set(configuration.unresolved.map(({ parent }) => parent))
  const isRead = (server: Directive) => !unread.has(server) && !unread.has(server.parent)
  const hasSwitch = !isAtLeast(target, SWITCH_GONE)
  return inventoryOf(configuration).groups.flatMap((group) => {
    if (group.name !== 'server' || (group.place !== 'stream' && group.place !== 'mail')) return []
    // Where no version is named, only what older ones refuse as well is told: there no two servers share an address.
    if (group.place === 'stream' && !isBefore(target, changedIn.streamServerNames))
      return streamServersInNeed(group.directives, isRead, target !== 'unknown')
    return group.directives.flatMap((server) => {
      const asking = isRead(server) ? tlsOf(server, hasSwitch && group.place === 'mail') : undefined
      return asking ? needOf(server, asking) : []
    })
  })
}

/** The certificate that has no key, or none at all. */
function needOf(server: Directive, asking: Directive): OtherServerInNeed[] {
  const certificates = inForce(server, 'ssl_certificate')
  const certificate = certificates[inForce(server, 'ssl_certificate_key').length]
  return certificate || certificates.length === 0 ? [{ server, asking, certificate }] : []
}

interface Address {
  readonly servers: Directive[]
  defaultServer: Directive
  tls: Directive | undefined
}

/** As servers of `http`: ngx_stream_ssl_init. For each certificate there must be a key, whoever speaks TLS. */
function streamServersInNeed(
  servers: readonly Directive[],
  isRead: (server: Directive) => boolean,
  looksAtAllKeys: boolean,
): OtherServerInNeed[] {
  const found = new Map<Directive, OtherServerInNeed>()
  for (const { servers: sharing, defaultServer, tls } of addressesOfStream(servers)) {
    if (!tls || !sharing.every(isRead)) continue
    const inNeed = rejectsHandshakes(defaultServer)
      ? sharing.filter((server) => !rejectsHandshakes(server))
      : [defaultServer]
    for (const server of inNeed) {
      if (inForce(server, 'ssl_certificate').length > 0 || found.has(server)) continue
      found.set(server, { server, asking: ownTls(server) ?? tls, certificate: undefined })
    }
  }
  for (const server of servers) {
    const asking = ownTls(server) ?? (looksAtAllKeys ? server : undefined)
    const [need] = asking && isRead(server) ? needOf(server, asking) : []
    if (need?.certificate) found.set(server, need)
  }
  return [...found.values()]
}

function addressesOfStream(servers: readonly Directive[]): Iterable<Address> {
  const addresses = new Map<string, Address>()
  for (const server of servers)
    for (const listen of server.named('listen'))
      for (const key of addressesOf(readListen(listen))) {
        const known = addresses.get(key)
        const tls = listen.values.includes('ssl') ? listen : undefined
        if (!known) {
          addresses.set(key, { servers: [server], defaultServer: server, tls })
          continue
        }
        if (known.servers.at(-1) !== server) known.servers.push(server)
        if (listen.values.includes('default_server')) known.defaultServer = server
        known.tls ??= tls
      }
  return addresses.values()
}

function ownTls(server: Directive): Directive | undefined {
  return server.named('listen').find(({ values }) => values.includes('ssl'))
}

function rejectsHandshakes(server: Directive): boolean {
  return inForce(server, 'ssl_reject_handshake').some(isOn)
}

function tlsOf(server: Directive, hasSwitch: boolean): Directive | undefined {
  const startsTls = inForce(server, 'starttls').filter(({ values }) => /^(?:on|only)$/i.test(values[0] ?? ''))
  const switched = hasSwitch ? inForce(server, 'ssl').filter(isOn) : []
  return ownTls(server) ?? startsTls[0] ?? switched[0]
}

function isOn({ values: [value] }: Directive): boolean {
  return value?.toLowerCase() === 'on'
}

/** Those of the server, or else those around it. */
function inForce(server: Directive, name: string): readonly Directive[] {
  const own = server.named(name)
  return own.length > 0 ? own : (server.parent?.named(name) ?? [])
}
