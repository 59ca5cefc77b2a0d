/** Which proxy the environment names for a URL, as curl takes it. */
import { describe, expect, test } from '@jest/globals'
import { parseProxy } from '../../src/diagnose/proxy.ts'
import { proxyFromEnvironment } from '../../src/diagnose/proxy-node.ts'
import { parseSocketUrl, type SocketUrl } from '../../src/diagnose/socket-url.ts'

type Environment = Readonly<Record<string, string>>

const P = 'http://p:1'
const Q = 'http://q:2'

const NAMED: readonly (readonly [url: string, env: Environment, from: string | undefined])[] = [
  ['wss://a.example/', {}, undefined],
  ['wss://a.example/', { https_proxy: P }, 'https_proxy'],
  ['wss://a.example/', { HTTPS_PROXY: P }, 'HTTPS_PROXY'],
  ['wss://a.example/', { https_proxy: P, HTTPS_PROXY: Q }, 'https_proxy'],
  ['wss://a.example/', { http_proxy: P }, undefined],
  ['ws://a.example/', { http_proxy: P }, 'http_proxy'],
  // A CGI program's environment holds the client's Proxy header under this name.
  ['ws://a.example/', { HTTP_PROXY: P }, undefined],
  ['ws://a.example/', { https_proxy: P }, undefined],
  ['ws://a.example/', { all_proxy: P }, 'all_proxy'],
  ['wss://a.example/', { ALL_PROXY: P, https_proxy: '' }, 'ALL_PROXY'],
  ['wss://localhost/', { https_proxy: P }, undefined],
  ['wss://127.0.0.1/', { https_proxy: P }, undefined],
  ['wss://[::1]/', { https_proxy: P }, undefined],
  ['wss://a.example/', { https_proxy: P, no_proxy: '*' }, undefined],
  ['wss://a.example/', { https_proxy: P, no_proxy: 'b.example,a.example' }, undefined],
  ['wss://a.example/', { https_proxy: P, no_proxy: 'b.example A.EXAMPLE' }, undefined],
  ['wss://deep.a.example/', { https_proxy: P, no_proxy: 'a.example' }, undefined],
  ['wss://deep.a.example/', { https_proxy: P, no_proxy: '.a.example' }, undefined],
  ['wss://a.example/', { https_proxy: P, no_proxy: '.a.example' }, undefined],
  ['wss://nota.example/', { https_proxy: P, no_proxy: 'a.example' }, 'https_proxy'],
  ['wss://192.0.2.7/', { https_proxy: P, no_proxy: '192.0.2.0/24' }, undefined],
  ['wss://192.0.3.7/', { https_proxy: P, no_proxy: '192.0.2.0/24' }, 'https_proxy'],
  ['wss://192.0.2.7/', { https_proxy: P, NO_PROXY: '192.0.2.7' }, undefined],
  ['wss://1.192.0.2/', { https_proxy: P, no_proxy: '192.0.2' }, 'https_proxy'],
  ['wss://[2001:db8::7]/', { https_proxy: P, no_proxy: '2001:db8::/32' }, undefined],
  ['wss://a.example/', { https_proxy: P, no_proxy: '999/99, ,/,::1/999' }, 'https_proxy'],
]

test.each(NAMED)('%s with %j: %s', (url, env, from) => {
  const proxy = proxyFromEnvironment(parseSocketUrl(url) as SocketUrl, env)
  expect(proxy && 'from' in proxy ? proxy.from : undefined).toBe(from)
})

describe('the URL of a proxy', () => {
  test.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128', undefined],
    ['proxy.example:3128', 'http://proxy.example:3128', undefined],
    ['proxy.example', 'http://proxy.example:1080', undefined],
    ['http://proxy.example:80/', 'http://proxy.example:80', undefined],
    ['https://proxy.example:443', 'https://proxy.example:443', undefined],
    ['http://[::1]:8080', 'http://[::1]:8080', undefined],
    ['http://me:s%20cret@proxy.example:3128', 'http://proxy.example:3128', 'Basic bWU6cyBjcmV0'],
    ['me:ü@proxy.example:3128', 'http://proxy.example:3128', 'Basic bWU6w7w='],
  ])('%s', (text, href, authorization) => {
    expect(parseProxy(text, '--proxy')).toMatchObject({ href, authorization, from: '--proxy' })
  })

  test.each([
    [
      'socks5://proxy.example',
      '--proxy: probe goes through http:// and https:// proxies, not through socks5:// ones; --no-proxy asks without any',
    ],
    ['http://', '--proxy: "http://" is no URL of a proxy, as http://proxy.example:3128'],
    ['http://me:secret@a b', '--proxy: "http://…@a b" is no URL of a proxy, as http://proxy.example:3128'],
    ['me:secret@a b', '--proxy: "…@a b" is no URL of a proxy, as http://proxy.example:3128'],
  ])('%s is refused, and no password is shown', (text, problem) => {
    expect(parseProxy(text, '--proxy')).toEqual({ problem })
  })
})
