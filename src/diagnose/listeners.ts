import {
  listenGroups,
  type Model,
  type Outcome,
  type ServerChoice,
  type Simulation,
  simulate,
} from '../effective/index.ts'
import type { SocketUrl } from './socket-url.ts'

/** Ports that some server listens on. */
export function portsOf(model: Model): number[] {
  const ports = new Set(listenGroups(model).flatMap(({ port, isQuic }) => (isQuic ? [] : [port])))
  return [...ports].filter((port) => port !== undefined).sort((one, other) => one - other)
}

/** Where servers listen on a port: `*:80`, `[::1]:80`. */
export function listenersOn(port: number, model: Model): string[] {
  const groups = listenGroups(model).filter((group) => group.port === port && !group.isQuic)
  return [...new Set(groups.map(({ address }) => `${address}:${port}`))]
}

const ANY_IPV4 = '*'
const ANY_IPV6 = '[::]'

/**
 * The address that clients of a URL come to. A name may stand for any: where servers listen on all of IPv4, on all of
 * IPv6 and on nothing else of the port, as in Debian's default site, the clients by IPv4 are followed.
 */
export function addressOf({ host, isAddress, port }: SocketUrl, model: Model): string | undefined {
  if (isAddress) return host
  const addresses = listenersOn(port, model)
  const isAny = addresses.length === 2 && [ANY_IPV4, ANY_IPV6].every((any) => addresses.includes(`${any}:${port}`))
  return isAny ? ANY_IPV4 : undefined
}

/** The server that clients by IPv6 get, where those by IPv4 are followed and get another. */
export function otherByIpv6(model: Model, arrival: Simulation, { server }: Outcome): ServerChoice | undefined {
  if (arrival.address !== ANY_IPV4 || !server) return undefined
  const other = simulate(model, { ...arrival, address: ANY_IPV6 }).server
  return other?.server === server.server ? undefined : other
}

/** Where a URL is asked for, and nobody listens: the port, or the address where others of the port are listened on. */
export function placeWithoutListener({ host, port }: SocketUrl, model: Model): string {
  const others = listenersOn(port, model)
  if (others.length === 0) return `port ${port}`
  const hint = host.startsWith('[') && others.includes(`*:${port}`) ? `: "listen ${port};" is IPv4 alone` : ''
  return `${host}:${port}, only on ${others.slice(0, MOST).join(', ')}${others.length > MOST ? ', …' : ''}${hint}`
}

const MOST = 5
