/**
 * What answers of hops mean that no test can start. The 503 of AWS and the 426 of BitMEX follow what people printed in
 * public; the other header sets, Cloudflare's among them, are written in the usual form of such answers, not recorded.
 */
import { describe, expect, test } from '@jest/globals'
import { SOURCES } from '../../src/diagnose/advice.ts'
import { CAUSES } from '../../src/diagnose/causes.ts'
import { readBody, readHead } from '../../src/diagnose/http-answer.ts'
import type { Failure, ProbeResult, Question } from '../../src/diagnose/probe-result.ts'
import { readAnswer } from '../../src/diagnose/read-answer.ts'
import { parseSocketUrl, type SocketUrl } from '../../src/diagnose/socket-url.ts'

function question(url = 'wss://example.com/ws'): Question {
  const parsed = parseSocketUrl(url) as SocketUrl
  return { url: parsed, headers: [], subprotocols: [], address: undefined, isInsecure: false, timeoutMs: 1000 }
}

const connection = { address: '192.0.2.1', tls: { version: 'TLSv1.3', fault: undefined } }

/** @param text the head of the answer, and its body after an empty line */
function answered(text: string, url?: string): ProbeResult {
  const head = readHead(text.replaceAll('\n', '\r\n'))
  if (!head || head === 'not http') throw new Error('no answer')
  const answer = { ...head, body: readBody(head).body }
  return { question: question(url), connection, ms: 1, kind: 'answer', answer, opened: undefined }
}

interface Row {
  readonly text: string
  readonly url?: string
  readonly cause: string
  readonly hops: readonly string[]
  readonly means?: RegExp
  readonly advises?: readonly string[]
}

const ALB_PAGE = (status: string) =>
  `<html>\n<head><title>${status}</title></head>\n<body>\n<center><h1>${status}</h1></center>\n</body>\n</html>\n`

const ANSWERS: Readonly<Record<string, Row>> = {
  'a 426 through Cloudflare': {
    text: 'HTTP/1.1 426 Upgrade Required\nContent-Type: text/plain\nConnection: keep-alive\nCF-Cache-Status: DYNAMIC\nServer: cloudflare\nCF-RAY: 8c1f0a2b3c4d5e6f-FRA\nalt-svc: h3=":443"; ma=86400\nContent-Length: 16\n\nUpgrade Required',
    cause: 'headers-lost',
    hops: ['cloudflare'],
    means: /look behind it, at nginx or Apache/,
    advises: ['cloudflare', 'nginx'],
  },
  'a challenge of Cloudflare': {
    text: 'HTTP/1.1 403 Forbidden\nContent-Type: text/html; charset=UTF-8\ncf-mitigated: challenge\nServer: cloudflare\nCF-RAY: 8c1f0a2b3c4d5e6f-FRA\nContent-Length: 0\n\n',
    cause: 'challenge',
    hops: ['cloudflare'],
    advises: ['cloudflare'],
  },
  'an origin that Cloudflare does not reach': {
    text: 'HTTP/1.1 521 \nContent-Type: text/plain; charset=UTF-8\nContent-Length: 15\nServer: cloudflare\nCF-RAY: 8c1f0a2b3c4d5e6f-FRA\n\nerror code: 521',
    cause: 'cloudflare-origin',
    hops: ['cloudflare'],
    means: /connection refused/,
    advises: ['cloudflare'],
  },
  'a load balancer without targets': {
    text: `HTTP/1.1 503 Service Temporarily Unavailable\nServer: awselb/2.0\nContent-Type: text/html\nContent-Length: 162\nConnection: keep-alive\n\n${ALB_PAGE('503 Service Temporarily Unavailable')}`,
    cause: 'unavailable',
    hops: ['alb'],
    advises: ['alb', 'nginx'],
  },
  'a load balancer whose target does not answer': {
    text: `HTTP/1.1 502 Bad Gateway\nServer: awselb/2.0\nContent-Type: text/html\nContent-Length: 122\nConnection: keep-alive\n\n${ALB_PAGE('502 Bad Gateway')}`,
    cause: 'bad-gateway',
    hops: ['alb'],
  },
  'a target group of HTTP/2': {
    text: 'HTTP/1.1 464 \nServer: awselb/2.0\nContent-Length: 0\n\n',
    cause: 'alb-protocol',
    hops: ['alb'],
    advises: ['alb'],
  },
  'nginx behind a load balancer': {
    text: 'HTTP/1.1 426 Upgrade Required\nServer: nginx/1.22.1\nContent-Type: text/plain\nContent-Length: 16\nConnection: keep-alive\nUpgrade: websocket\nSet-Cookie: AWSALB=abc; Path=/\n\nUpgrade Required',
    cause: 'headers-lost',
    hops: ['alb', 'nginx'],
    means: /nginx drops both unless told otherwise/,
    advises: ['alb', 'nginx'],
  },
  'a 426 that names no protocol (BitMEX, 2019)': {
    text: 'HTTP/1.1 426 Upgrade Required\nContent-Type: text/plain\nTransfer-Encoding: chunked\nConnection: keep-alive\ncache-control: no-store\n\n10\nUpgrade Required\n0\n\n',
    cause: 'headers-lost',
    hops: [],
    advises: ['nginx'],
  },
  'gorilla/websocket without the headers': {
    text: "HTTP/1.1 400 Bad Request\nContent-Type: text/plain; charset=utf-8\nSec-Websocket-Version: 13\nX-Content-Type-Options: nosniff\nContent-Length: 104\n\nBad Request\nwebsocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
    cause: 'headers-lost',
    hops: [],
  },
  'aiohttp without the headers': {
    text: 'HTTP/1.1 400 Bad Request\nContent-Type: text/plain; charset=utf-8\nServer: nginx\nContent-Length: 71\n\nNo WebSocket UPGRADE hdr: None\n Can "Upgrade" only to "WebSocket".',
    cause: 'headers-lost',
    hops: ['nginx'],
  },
  'Socket.IO 4 asked by a client of 2.x': {
    text: 'HTTP/1.1 400 Bad Request\nContent-Type: application/json\nContent-Length: 51\n\n{"code":5,"message":"Unsupported protocol version"}',
    url: 'wss://example.com/socket.io/?EIO=3&transport=websocket',
    cause: 'socket-io-version',
    hops: [],
    advises: ['client', 'backend'],
  },
  'to TLS': {
    text: 'HTTP/1.1 301 Moved Permanently\nServer: nginx\nLocation: https://example.com/ws\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: ['nginx'],
    means: /to wss:\/\/example\.com\/ws.*ask by wss:/,
  },
  'to a slash': {
    text: 'HTTP/1.1 301 Moved Permanently\nServer: nginx\nLocation: https://example.com/ws/\nContent-Length: 0\n\n',
    cause: 'redirect',
    hops: ['nginx'],
    means: /only wants a slash/,
  },
  'to a login page': {
    text: 'HTTP/1.1 302 Found\nLocation: /login?next=/ws\nContent-Length: 0\n\n',
    cause: 'redirect',
    hops: [],
    means: /login page/,
  },
  'no Origin': {
    text: 'HTTP/1.1 403 Forbidden\nServer: nginx\nContent-Length: 0\n\n',
    cause: 'forbidden',
    hops: ['nginx'],
    means: /No Origin was sent/,
  },
  'Traefik knows no such router': {
    text: 'HTTP/1.1 404 Not Found\nContent-Type: text/plain; charset=utf-8\nX-Content-Type-Options: nosniff\nContent-Length: 19\n\n404 page not found\n',
    cause: 'not-found',
    hops: [],
  },
  'a page of a single-page app': {
    text: 'HTTP/1.1 200 OK\nServer: Caddy\nContent-Type: text/html; charset=utf-8\nContent-Length: 15\n\n<!doctype html>',
    cause: 'page',
    hops: ['caddy'],
    means: /index\.html/,
    advises: ['caddy'],
  },
  'a TLS port that was asked in plain': {
    text: 'HTTP/1.1 400 Bad Request\nServer: nginx/1.22.1\nContent-Type: text/html\nContent-Length: 60\n\n<center>The plain HTTP request was sent to HTTPS port</center>',
    url: 'ws://example.com:443/ws',
    cause: 'plain-to-tls',
    hops: ['nginx'],
  },
}

describe('answers of hops that no test can start', () => {
  test.each(Object.entries(ANSWERS))('%s', (_, { text, url, cause, hops, means, advises }) => {
    const reading = readAnswer(answered(text, url))
    expect({ cause: reading.cause, hops: reading.hops.map(({ id }) => id) }).toEqual({ cause, hops })
    expect(reading.isOpen).toBe(false)
    if (means) expect(reading.means).toMatch(means)
    const at = [...new Set(reading.advice.map((advice) => advice.at))]
    if (advises) expect(at).toEqual(advises)
  })
})

const FAILURES: Readonly<Record<Failure['kind'], string>> = {
  'no name': 'no-name',
  refused: 'refused',
  unreachable: 'unreachable',
  'connect timeout': 'unreachable',
  'answer timeout': 'silence',
  certificate: 'certificate',
  'no tls': 'no-tls',
  'wants tls': 'wants-tls',
  tls: 'tls',
  closed: 'closed',
  http2: 'http2-only',
  'not http': 'not-http',
  'too large': 'not-http',
}

test.each(Object.entries(FAILURES))('a failure "%s" is %s', (kind, cause) => {
  const failure = { kind: kind as Failure['kind'], detail: 'so it is' }
  const reading = readAnswer({ question: question(), connection, ms: 1, kind: 'failure', failure })
  expect(reading.cause).toBe(cause)
})

describe('the table', () => {
  test('every status has a row, and the last row takes what is left', () => {
    for (let status = 200; status < 600; status++) {
      const { means } = readAnswer(answered(`HTTP/1.1 ${status} So\nContent-Length: 0\n\n`))
      expect(means).not.toBe('')
    }
  })

  test('each row has a name of its own, and each advice a public source', () => {
    const ids = CAUSES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const sources = new Set<string>(Object.values(SOURCES))
    for (const { advice } of CAUSES) for (const { source } of advice) expect(sources).toContain(source)
  })
})
