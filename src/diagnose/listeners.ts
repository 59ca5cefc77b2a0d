import { listenGroups, type Model } from '../effective/index.ts'
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

/** Where a URL is asked for, and nobody listens: the port, or the address where others of the port are listened on. */
export function placeWithoutListener({ host, port }: SocketUrl, model: Model): string {
  const others = listenersOn(port, model)
  if (others.length === 0) return `port ${port}`
  const hint = host.startsWith('[') && others.includes(`*:${port}`) ? `: "listen ${port};" is IPv4 alone` : ''
  return `${host}:${port}, only on ${others.slice(0, MOST).join(', ')}${others.length > MOST ? ', …' : ''}${hint}`
}

const MOST = 5
