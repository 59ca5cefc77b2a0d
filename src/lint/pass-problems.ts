import { inLowerCase } from '../nginx/ascii.ts'
import { addressFault, portOf } from '../nginx/backend-address.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import type { AddressProblem } from './address-problem.ts'
import { type UpstreamNames, upstreamPort } from './upstream-names.ts'

/** A directive that takes an address, or the name of an upstream, and no URL. */
interface Pass {
  /** What may stand before the address. */
  readonly scheme?: RegExp
  /** What stands for the scheme of a web page. */
  readonly instead?: Readonly<Record<string, string>>
}

const PASSES: ReadonlyMap<string, Pass> = new Map<string, Pass>([
  ['fastcgi_pass', {}],
  ['grpc_pass', { scheme: /^grpcs?:\/\//i, instead: { http: 'grpc://', https: 'grpcs://' } }],
  ['memcached_pass', {}],
  ['scgi_pass', {}],
  ['uwsgi_pass', { scheme: /^s?uwsgi:\/\//i, instead: { http: 'uwsgi://' } }],
])

/** The passes of `http` but for `proxy_pass`. */
export function isAddressPass(name: string): boolean {
  return PASSES.has(name)
}

/** Of the value of such a directive, or of a `proxy_pass` in `stream`, without variables. */
export function passProblem(name: string, value: string, upstreams: UpstreamNames): AddressProblem | undefined {
  const { scheme, instead = {} } = PASSES.get(name) ?? {}
  const own = scheme?.exec(value)?.[0] ?? ''
  const [foreign = '', word = ''] = /^(?!unix:)([A-Za-z][\w+.-]*):\/\//i.exec(value.slice(own.length)) ?? []
  const rest = value.slice(own.length + foreign.length)
  const isSocket = rest.startsWith('/')
  const [path = ''] = /^unix:/i.test(rest) || isSocket ? [] : (/[/?].*$/s.exec(rest) ?? [])
  const address = `${isSocket ? 'unix:' : ''}${path === '' ? rest : rest.slice(0, -path.length)}`
  if (foreign === '' && path === '' && !isSocket) return addressProblem(rest, upstreams)
  const shown = decodeForDisplay(value)
  const what = foreign === '' ? `an address alone, not "${shown}"` : `no "${decodeForDisplay(foreign)}"`
  const message = `nginx does not start: "${name}" takes ${what}`
  if (addressProblem(address, upstreams)) return { message }
  const start = foreign === '' ? own : (instead[word.toLowerCase()] ?? '')
  const isPlain = path === '' || path === '/'
  return {
    message: `${message}; write "${start}${decodeForDisplay(address)}"`,
    ...(isPlain && {
      start: { length: own.length + foreign.length, text: `${start}${isSocket ? 'unix:' : ''}` },
      end: path.length,
    }),
  }
}

/** What nginx says of an address without a scheme and without a path, where no port is taken for granted. */
function addressProblem(address: string, upstreams: UpstreamNames): AddressProblem | undefined {
  const shown = decodeForDisplay(address)
  const fault = addressFault(address)
  if (fault) return { message: `nginx does not start: ${fault} in "${shown}"` }
  if (/^unix:/i.test(address)) return undefined
  const named = upstreamPort(address, upstreams)
  if (named) return named
  if (portOf(address) !== undefined || upstreams.all.has(inLowerCase(address)) || !upstreams.isWhole) return undefined
  const near = upstreams.nearest(inLowerCase(address))
  const more = near?.isCertain ? `; did you mean "${decodeForDisplay(near.name)}"?` : ''
  return { message: `nginx does not start: no port in "${shown}", and no upstream is named so${more}` }
}

/** A server of an upstream in `stream`, where no port is taken for granted. With `service=` the name server tells it. */
export function portMissing([address = '', ...parameters]: readonly string[]): AddressProblem | undefined {
  if (/^unix:/i.test(address) || portOf(address) !== undefined) return undefined
  if (parameters.some((parameter) => parameter.startsWith('service='))) return undefined
  return { message: `nginx does not start: no port in "${decodeForDisplay(address)}", and "stream" knows no usual one` }
}
