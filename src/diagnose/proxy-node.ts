import { BlockList, isIP } from 'node:net'
import { type ForwardProxy, parseProxy } from './proxy.ts'
import type { SocketUrl } from './socket-url.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment names for a URL, as curl takes it: `https_proxy` for wss, `http_proxy` for ws (in lower case only), `all_proxy`, and
 * `no_proxy`. Loopback is asked directly: there a proxy would ask itself.
 */
export function proxyFromEnvironment(url: SocketUrl, env: Environment): ForwardProxy | { problem: string } | undefined {
  const names = [...(url.isTls ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy']), 'all_proxy', 'ALL_PROXY']
  const from = names.find((name) => (env[name] ?? '') !== '')
  if (from === undefined || isLoopback(url) || isExcepted(url, env.no_proxy || env.NO_PROXY || '')) return undefined
  return parseProxy((env[from] as string).trim(), from)
}

function isLoopback({ host }: SocketUrl): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}

/** `example.com` and `.example.com` mean the name and all below it; addresses may be ranges; `*` is everything. */
function isExcepted({ host }: SocketUrl, list: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry === '*' || isBelow(name, entry) || isInRange(name, entry))
}

function isBelow(name: string, entry: string): boolean {
  const domain = entry.replace(/^\.|\.$/g, '').replace(/^\[|\]$/g, '')
  return domain !== '' && (name === domain || (isIP(name) === 0 && name.endsWith(`.${domain}`)))
}

function isInRange(name: string, entry: string): boolean {
  const [, network = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(entry) ?? []
  const family = isIP(network)
  if (family === 0 || family !== isIP(name) || Number(bits) > (family === 4 ? 32 : 128)) return false
  const range = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  range.addSubnet(network, Number(bits), type)
  return range.check(name, type)
}
