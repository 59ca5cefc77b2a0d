import { isWebSocketScheme, splitAddress, splitUrl } from '../effective/index.ts'
import { addressFault } from '../nginx/backend-address.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import type { AddressProblem } from './address-problem.ts'
import { type UpstreamNames, upstreamPort } from './upstream-names.ts'

const PASS_OF: ReadonlyMap<string, string> = new Map([
  ['grpc', 'grpc_pass'],
  ['grpcs', 'grpc_pass'],
  ['fastcgi', 'fastcgi_pass'],
  ['uwsgi', 'uwsgi_pass'],
  ['scgi', 'scgi_pass'],
  ['memcached', 'memcached_pass'],
])

/** Of a `proxy_pass` of HTTP, without variables. */
export function urlProblem(url: string, upstreams: UpstreamNames): AddressProblem | undefined {
  const { scheme, authority } = splitUrl(url)
  // The business of "websocket/proxy-pass-scheme".
  if (isWebSocketScheme(scheme)) return undefined
  if (!isHttpScheme(scheme)) return prefixProblem(url, scheme)
  return brokenAddress(authority) ?? upstreamPort(authority, upstreams)
}

/** The path of the URL of a `proxy_pass`; undefined where it has none, or is no URL. */
export function uriOfUrl(url: string): string | undefined {
  const { scheme, uri } = splitUrl(url)
  return isHttpScheme(scheme) || isWebSocketScheme(scheme) ? uri : undefined
}

function isHttpScheme(scheme: string): boolean {
  return /^https?$/i.test(scheme)
}

function prefixProblem(url: string, scheme: string): AddressProblem {
  const shown = decodeForDisplay(url)
  const message = `nginx does not start: "proxy_pass" takes a URL that starts with "http://" or "https://", not "${shown}"`
  if (scheme !== '') {
    const other = PASS_OF.get(scheme.toLowerCase())
    return { message: other ? `${message}; for that there is "${other}"` : message }
  }
  const [start = '', slashed = 'http'] = /^(https?)(?::\/{0,3}|\/\/)(?=[^/])|^\/\/(?=[^/])|^/i.exec(url) ?? []
  const rest = url.slice(start.length)
  const address = splitAddress(rest).authority
  // Of a number alone nobody knows the host, and of such a port whether TLS is spoken there.
  const isGuess = addressFault(address) !== undefined || /^\d*$|:\d*443$/.test(address)
  if (isGuess) return { message }
  const text = `${slashed.toLowerCase()}://`
  return { message: `${message}; write "${text}${decodeForDisplay(rest)}"`, start: { length: start.length, text } }
}

/** Of a `server` in an upstream. */
export function serverProblem(value: string): AddressProblem | undefined {
  const [start, scheme = ''] = /^(?!unix:)([A-Za-z][\w+.-]*):\/\//i.exec(value) ?? []
  const rest = value.slice(start?.length)
  if (start === undefined && (/^unix:/i.test(rest) || !/[/?]/.test(rest))) return brokenAddress(rest)
  const [address = '', path = ''] = [rest.replace(/[/?].*$/s, ''), /[/?].*$/s.exec(rest)?.[0]]
  const message = `nginx does not start: a "server" of an upstream is an address alone, not "${decodeForDisplay(value)}"`
  const isTls = /^(?:https|wss|grpcs)$/i.test(scheme)
  if (addressFault(address) !== undefined) return { message }
  const parts = [isTls ? '"https://"' : '', path.length > 1 ? `"${decodeForDisplay(path)}"` : ''].filter(Boolean)
  const elsewhere = parts.length > 0 ? `, and ${parts.join(' and ')} in the "proxy_pass"` : ''
  return {
    message: `${message}; write "${decodeForDisplay(address)}"${elsewhere}`,
    ...(elsewhere === '' && { start: { length: start?.length ?? 0, text: '' }, end: path.length }),
  }
}

function brokenAddress(address: string): AddressProblem | undefined {
  const fault = addressFault(address)
  return fault && { message: `nginx does not start: ${fault} in "${decodeForDisplay(address)}"` }
}
