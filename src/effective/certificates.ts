import { blocksWith, type Configuration, type Directive, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { isAtLeast, isBefore } from '../nginx/version.ts'
import { inherited, isWhollyKnown, setting } from './inheritance.ts'
import { addressesOf, countOfAddresses, MOST_PORTS, readListen } from './listen.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'
import { type ListenGroup, listenGroups, serversOf } from './servers.ts'

/** A server that nginx does not start with, for want of a certificate. */
export interface ServerWithoutCertificate {
  readonly server: Scope
  readonly group: ListenGroup
  /** The `listen … ssl`, or `… quic`, that asks for one; it may be another server's. */
  readonly listen: Directive
}

/** Since then `nginx -t` looks for the certificates of `listen … ssl` (CHANGES). */
const LOOKED_FOR = '1.15.0'

/**
 * The servers that must have a certificate, and have none for certain: ngx_http_ssl_init. Of each address that takes TLS
 * that is the default server; with `ssl_reject_handshake` it needs none, but then all others do.
 */
export function serversWithoutCertificate(model: Model): ServerWithoutCertificate[] {
  // So it is with nearly all configurations: the groups of servers need not be made.
  if (isBefore(model.target, LOOKED_FOR) || !mayLackOne(model)) return []
  const found = new Map<Scope, ServerWithoutCertificate>()
  for (const group of listenGroups(model)) {
    const needy = group.isTls ? serversInNeed(group) : []
    if (needy.length === 0 || !group.servers.every(isWhollyKnown)) continue
    for (const server of needy) {
      const listen = found.has(server) ? undefined : sslListen(server, group, model)
      if (listen) found.set(server, { server, group, listen })
    }
  }
  return [...found.values()]
}

/** Whether a server without a certificate listens where some server has `ssl` or `quic`. */
function mayLackOne(model: Model): boolean {
  const { configuration } = model
  const isEncrypted = addressesWithTls(configuration)
  if (!isEncrypted) return false
  const having = blocksWith('ssl_certificate', configuration)
  return serversOf(model).some(
    (server) =>
      !having.has(server.directive) &&
      !having.has(server.parent?.directive) &&
      (server.own('listen').some(isEncrypted) || server.own('listen').length === 0),
  )
}

/**
 * Tells of a `listen` whether some server has `ssl` or `quic` at an address that it stands for. It is asked once of those that are written
 * alike. Undefined where no server has, or nobody should ask.
 */
function addressesWithTls(configuration: Configuration): ((listen: Directive) => boolean) | undefined {
  const groups = inventoryOf(configuration).groups.filter(({ name }) => name === 'listen')
  const listens = groups.flatMap((group) => group.alike())
  const withTls = listens.filter((listen) => readListen(listen).isTls)
  const encrypted = new Set(withTls.flatMap((listen) => addressesOf(readListen(listen))))
  if (encrypted.size === 0 || listens.some((listen) => countOfAddresses(readListen(listen)) > MOST_PORTS))
    return undefined
  const known = new Map<number, boolean>()
  return (listen) => {
    const { id } = listen.wording
    let answer = known.get(id)
    if (answer === undefined) {
      answer = addressesOf(readListen(listen)).some((address) => encrypted.has(address))
      known.set(id, answer)
    }
    return answer
  }
}

function serversInNeed({ defaultServer, servers }: ListenGroup): readonly Scope[] {
  if (hasCertificate(defaultServer)) return []
  if (!rejectsHandshakes(defaultServer)) return [defaultServer]
  return servers.filter((server) => !hasCertificate(server) && !rejectsHandshakes(server))
}

function hasCertificate(server: Scope): boolean {
  return inherited(server, 'ssl_certificate').directives.length > 0
}

function rejectsHandshakes(server: Scope): boolean {
  return setting(server, 'ssl_reject_handshake').value?.toLowerCase() === 'on'
}

/** The server's own, if it has one: that of another server of the address otherwise. */
function sslListen(server: Scope, group: ListenGroup, model: Model): Directive | undefined {
  const { address: host, port, isQuic } = group
  const [address = ''] = addressesOf({ address: host, ports: port === undefined ? port : [port, port], isQuic })
  const own = server.own('listen').find((directive) => {
    const listen = readListen(directive)
    return listen.isTls && addressesOf(listen).includes(address)
  })
  return own ?? firstWithTls(model).get(address)
}

/** Of each address the first `listen` that makes it speak TLS. */
const firstWithTls = memoize((model: Model): ReadonlyMap<string, Directive> => {
  const first = new Map<string, Directive>()
  for (const server of serversOf(model))
    for (const directive of server.own('listen')) {
      const listen = readListen(directive)
      if (!listen.isTls) continue
      for (const address of addressesOf(listen)) if (!first.has(address)) first.set(address, directive)
    }
  return first
})

/** Since then there is no `ssl on`, in `http` and in `mail` (CHANGES). */
export const SWITCH_GONE = '1.25.1'

/** A server that `ssl on` makes speak TLS without a certificate. */
export interface SwitchedServer {
  readonly server: Scope
  /** The `ssl on`; it may stand around the server. */
  readonly asking: Directive
}

/** Unlike `listen … ssl`, the switch asks it of each server: ngx_http_ssl_merge_srv_conf. */
export function switchedWithoutCertificate(model: Model): SwitchedServer[] {
  if (isAtLeast(model.target, SWITCH_GONE) || blocksWith('ssl', model.configuration).size === 0) return []
  return serversOf(model).flatMap((server) => {
    const { directive: asking, value } = setting(server, 'ssl')
    const needsOne = value?.toLowerCase() === 'on' && !hasCertificate(server) && !rejectsHandshakes(server)
    return asking && needsOne && isWhollyKnown(server) ? [{ server, asking }] : []
  })
}

/** The certificates for which some server has no key: ngx_http_ssl_merge_srv_conf. */
export function certificatesWithoutKey(model: Model): ReadonlySet<Directive> {
  const { configuration } = model
  const found = new Set<Directive>()
  const having = blocksWith('ssl_certificate', configuration)
  const withKeys = blocksWith('ssl_certificate_key', configuration)
  const withSeveral = blocksWithSeveral('ssl_certificate', configuration)
  for (const server of having.size === 0 ? [] : serversOf(model)) {
    const levels = [server.directive, server.parent?.directive]
    const from = levels.findIndex((level) => having.has(level))
    if (from === -1) continue
    // So it is with nearly all servers.
    if (!withSeveral.has(levels[from]) && levels.some((level) => withKeys.has(level))) continue
    const { directives: certificates } = inherited(server, 'ssl_certificate')
    const lacking = certificates[inherited(server, 'ssl_certificate_key').directives.length]
    if (lacking && isWhollyKnown(server)) found.add(lacking)
  }
  return found
}

function blocksWithSeveral(wanted: string, configuration: Configuration): ReadonlySet<Directive | undefined> {
  const groups = inventoryOf(configuration).groups.filter(({ name }) => name === wanted)
  return new Set(groups.flatMap(({ repeats }) => repeats.map(({ parent }) => parent)))
}
