import type { Header } from '../effective/index.ts'
import { type HttpAnswer, headerOf } from './http-answer.ts'
import type { Connection } from './probe-result.ts'

/** Programs and services between a client and a backend, and some backends, that show themselves in an answer. */
export type HopId =
  | 'proxy'
  | 'cloudflare'
  | 'cloudfront'
  | 'fastly'
  | 'azure'
  | 'azure-app'
  | 'google'
  | 'alb'
  | 'nginx'
  | 'apache'
  | 'haproxy'
  | 'traefik'
  | 'caddy'
  | 'envoy'
  | 'varnish'
  | 'iis'
  | 'backend'

export interface Hop {
  readonly id: HopId
  readonly name: string
  /** What it shows itself by: `Server: nginx/1.22.1`. */
  readonly sign: string
}

interface Sign {
  readonly id: HopId
  readonly name: string
  readonly header?: string
  readonly value?: RegExp
  readonly body?: RegExp
}

/** In the order in which they usually stand on the way. */
const SIGNS: readonly Sign[] = [
  { id: 'proxy', name: 'Squid', header: 'X-Squid-Error' },
  { id: 'proxy', name: 'Squid', header: 'Server', value: /^squid\b/i },
  { id: 'proxy', name: 'Squid', header: 'Via', value: /\(squid\b/i },
  { id: 'proxy', name: 'Zscaler', header: 'Server', value: /^Zscaler\b/i },
  { id: 'cloudflare', name: 'Cloudflare', header: 'CF-Ray' },
  { id: 'cloudflare', name: 'Cloudflare', header: 'Server', value: /^cloudflare/i },
  { id: 'cloudfront', name: 'CloudFront', header: 'X-Amz-Cf-Id' },
  { id: 'cloudfront', name: 'CloudFront', header: 'Via', value: /\bCloudFront\b/i },
  { id: 'fastly', name: 'Fastly', header: 'X-Served-By', value: /^cache-/i },
  { id: 'azure', name: 'Azure Front Door', header: 'X-Azure-Ref' },
  { id: 'azure', name: 'Azure Application Gateway', header: 'Server', value: /^Microsoft-Azure-Application-Gateway/i },
  { id: 'google', name: 'Google’s load balancer', header: 'Via', value: /\bgoogle\b/i },
  { id: 'alb', name: 'AWS load balancer', header: 'Server', value: /^awselb\b/i },
  { id: 'alb', name: 'AWS load balancer', header: 'X-Amzn-Trace-Id' },
  { id: 'alb', name: 'AWS load balancer', header: 'Set-Cookie', value: /\bAWSALB(?:CORS|TG)?=/ },
  { id: 'varnish', name: 'Varnish', header: 'Via', value: /\bvarnish\b/i },
  { id: 'varnish', name: 'Varnish', header: 'X-Varnish' },
  { id: 'nginx', name: 'nginx', header: 'Server', value: /^(?:nginx|openresty|tengine|angie)\b/i },
  { id: 'nginx', name: 'nginx', body: /<center>(?:nginx|openresty|tengine)\b/i },
  { id: 'apache', name: 'Apache httpd', header: 'Server', value: /^Apache(?:\/|$| )/i },
  { id: 'apache', name: 'Apache httpd', body: /<address>Apache\b/ },
  { id: 'haproxy', name: 'HAProxy', body: /^<html><body><h1>\d{3} [\w ]+<\/h1>\n/ },
  { id: 'haproxy', name: 'HAProxy', header: 'Server', value: /^haproxy/i },
  { id: 'haproxy', name: 'HAProxy', header: 'Via', value: /\bhaproxy\b/i },
  { id: 'traefik', name: 'Traefik', header: 'Server', value: /^traefik/i },
  { id: 'caddy', name: 'Caddy', header: 'Server', value: /^Caddy/i },
  { id: 'caddy', name: 'Caddy', header: 'Via', value: /\bCaddy\b/i },
  { id: 'envoy', name: 'Envoy', header: 'Server', value: /^(?:envoy|istio-envoy)/i },
  { id: 'envoy', name: 'Envoy', header: 'X-Envoy-Upstream-Service-Time' },
  { id: 'azure-app', name: 'Azure App Service', header: 'Set-Cookie', value: /\bARRAffinity(?:SameSite)?=/ },
  { id: 'iis', name: 'IIS', header: 'Server', value: /^Microsoft-IIS/i },
  { id: 'backend', name: 'Express', header: 'X-Powered-By', value: /^Express/i },
  { id: 'backend', name: 'Kestrel', header: 'Server', value: /^Kestrel/i },
  { id: 'backend', name: 'uvicorn', header: 'Server', value: /^uvicorn/i },
  { id: 'backend', name: 'gunicorn', header: 'Server', value: /^gunicorn/i },
  { id: 'backend', name: 'Cowboy', header: 'Server', value: /^Cowboy/i },
  { id: 'backend', name: 'Jetty', header: 'Server', value: /^Jetty/i },
  { id: 'backend', name: 'Daphne', header: 'Server', value: /^daphne/i },
  { id: 'backend', name: 'Werkzeug', header: 'Server', value: /^Werkzeug/i },
  { id: 'backend', name: 'TornadoServer', header: 'Server', value: /^TornadoServer/i },
]

/** The hops that an answer shows, the nearest to the client first. There may be others, which show nothing. */
export function hopsOf(
  { headers, body }: Pick<HttpAnswer, 'headers' | 'body'>,
  { proxy }: Pick<Connection, 'proxy'>,
): Hop[] {
  const hops: Hop[] = proxy ? [{ id: 'proxy', name: 'the proxy', sign: `${proxy.from}: ${proxy.href}` }] : []
  for (const sign of SIGNS) {
    if (hops.some(({ id }) => id === sign.id)) continue
    const shown = shownBy(sign, headers, body)
    if (shown !== undefined) hops.push({ id: sign.id, name: sign.name, sign: shown })
  }
  return hops
}

function shownBy({ header, value, body }: Sign, headers: readonly Header[], text: string): string | undefined {
  if (body) return body.test(text) ? 'the page in the answer' : undefined
  const sent = headerOf(headers, header as string)
  return sent !== undefined && (!value || value.test(sent)) ? `${header}: ${sent}` : undefined
}
