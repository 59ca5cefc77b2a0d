import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'

/** What a server listens on. */
export interface Listen {
  /** An IP address, `*` or `[::]` for any, or `unix:…`; a name as it stands, which only a resolver knows. */
  readonly address: string
  /** The ports, first and last; undefined for a socket of the file system. */
  readonly ports: readonly [first: number, last: number] | undefined
  readonly isDefault: boolean
  readonly isTls: boolean
  /** HTTP/3, over UDP: the port of the same number is another one. */
  readonly isQuic: boolean
  /** `[::]:80 ipv6only=off` takes IPv4 as well. */
  readonly takesIpv4: boolean
  /** Undefined where a server without any `listen` gets `*:80`. */
  readonly directive: Directive | undefined
}

const DEFAULT_PORT = 80

/** ngx_http_core_server: a server that says nothing listens on `*:80` (as a user other than root on `*:8000`). */
export const IMPLIED_LISTEN: Listen = {
  address: '*',
  ports: [DEFAULT_PORT, DEFAULT_PORT],
  isDefault: false,
  isTls: false,
  isQuic: false,
  takesIpv4: true,
  directive: undefined,
}

/** Reads a `listen` (ngx_http_core_listen, ngx_parse_url). */
export function readListen(directive: Directive): Listen {
  return { ...readWording(directive.wording), directive }
}

/** What a `listen` says, wherever it stands. */
export const readWording = memoize(({ argumentValues: [address = '', ...rest] }: Directive['wording']) => {
  const parameters = new Set(rest)
  const read = readAddress(address)
  return {
    ...read,
    isDefault: parameters.has('default_server') || parameters.has('default'),
    isTls: parameters.has('ssl') || parameters.has('quic'),
    isQuic: parameters.has('quic'),
    takesIpv4: read.address.startsWith('[') ? parameters.has('ipv6only=off') : true,
  }
})

/** Ranges of more ports than people give: each of their ports is an address. */
export const MOST_PORTS = 100

/** How many addresses it stands for. */
export function countOfAddresses({ ports }: Pick<Listen, 'ports'>): number {
  return ports ? Math.max(0, ports[1] - ports[0] + 1) : 1
}

/** These, one for each port: `127.0.0.1:80`, `*:443 over UDP`; of a long range the first ones. */
export function addressesOf(listen: Pick<Listen, 'address' | 'ports' | 'isQuic'>): string[] {
  const { address, ports, isQuic } = listen
  if (!ports) return [address]
  const length = Math.min(countOfAddresses(listen), MOST_PORTS)
  return Array.from({ length }, (_, index) => `${address}:${ports[0] + index}${isQuic ? ' over UDP' : ''}`)
}

function readAddress(text: string): Pick<Listen, 'address' | 'ports'> {
  if (/^unix:/i.test(text)) return { address: text, ports: undefined }
  const ports = /^(?:(.*):)?(\d+)(?:-(\d+))?$/.exec(text)
  if (!ports) return { address: normalAddress(text), ports: [DEFAULT_PORT, DEFAULT_PORT] }
  const first = Number(ports[2])
  return { address: normalAddress(ports[1] ?? '*'), ports: [first, Number(ports[3] ?? first)] }
}

/** One spelling for each address: `0.0.0.0` is `*`. */
function normalAddress(address: string): string {
  if (address === '0.0.0.0') return '*'
  return address.startsWith('[') ? `[${shortIpv6(address.slice(1, -1))}]` : address.toLowerCase()
}

/** The usual short form of an IPv6 address. */
function shortIpv6(address: string): string {
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1)
  } catch {
    return address.toLowerCase()
  }
}
