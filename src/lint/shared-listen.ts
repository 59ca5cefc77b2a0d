import type { Directive } from '../config/index.ts'
import { addressesOf, readListen } from '../effective/listen.ts'
import { isPlaceholder } from './placeholder.ts'

/** What a `listen` says of its address that only one server may say. */
export interface SharedListen {
  /** Index of `default_server` among the arguments; -1 where it is not there. */
  readonly defaultAt: number
  /** Index of the first option of the socket. */
  readonly optionAt: number
  /** The addresses that it stands for, one for each port: `127.0.0.1:80`. */
  readonly addresses: readonly string[]
}

/** Parameters that make `lsopt.set` in ngx_http_core_listen. */
const OF_SOCKET =
  /^(?:bind|deferred|reuseport|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=.*)$/s

/** The addresses of a `listen` where no two servers may share one; undefined where nobody knows of which. */
export function ownAddresses(listen: Directive): SharedListen | undefined {
  const [address = ''] = listen.values
  if (address.includes('$') || isPlaceholder(address)) return undefined
  return { defaultAt: -1, optionAt: -1, addresses: addressesOver(listen) }
}

/** Undefined where it says nothing of the kind, or where nobody knows of which address. */
export function sharedListen(listen: Directive): SharedListen | undefined {
  const { values } = listen
  const [address = ''] = values
  const defaultAt = values.findIndex((value, index) => index > 0 && /^default(?:_server)?$/.test(value))
  const optionAt = values.findIndex((value, index) => index > 0 && OF_SOCKET.test(value))
  if ((defaultAt === -1 && optionAt === -1) || address.includes('$') || isPlaceholder(address)) return undefined
  return { defaultAt, optionAt, addresses: addressesOver(listen) }
}

/** A port of UDP is another than that of TCP; of QUIC `addressesOf` tells it. */
function addressesOver(listen: Directive): string[] {
  const over = listen.values.includes('udp') ? ' over UDP' : ''
  return addressesOf(readListen(listen)).map((one) => one + over)
}
