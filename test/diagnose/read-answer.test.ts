/** What answers mean: those of hops that no test can start (public-answers.ts says which are recorded), and failures. */
import { describe, expect, test } from '@jest/globals'
import { SOURCES } from '../../src/diagnose/advice.ts'
import { CAUSES } from '../../src/diagnose/causes.ts'
import { readBody, readHead } from '../../src/diagnose/http-answer.ts'
import type { Failure, ProbeResult, Question } from '../../src/diagnose/probe-result.ts'
import { readAnswer } from '../../src/diagnose/read-answer.ts'
import { parseSocketUrl, type SocketUrl } from '../../src/diagnose/socket-url.ts'
import { ALB, CLOUDFLARE, OTHERS } from './public-answers.ts'

function question(url = 'wss://example.com/ws'): Question {
  const parsed = parseSocketUrl(url) as SocketUrl
  return {
    url: parsed,
    headers: [],
    subprotocols: [],
    address: undefined,
    proxy: undefined,
    isInsecure: false,
    timeoutMs: 1000,
  }
}

const connection = { address: '192.0.2.1', tls: { version: 'TLSv1.3', fault: undefined }, proxy: undefined }

/** @param text the head of the answer, and its body after an empty line */
function answered(text: string, url?: string): ProbeResult {
  const head = readHead(text.replaceAll('\n', '\r\n'))
  if (!head || head === 'not http') throw new Error('no answer')
  const answer = { ...head, body: readBody(head).body }
  return { question: question(url), connection, ms: 1, kind: 'answer', answer, opened: undefined }
}

describe.each(Object.entries({ CLOUDFLARE, ALB, OTHERS }))('answers of %s', (_, answers) => {
  test.each(Object.entries(answers))('%s', (_, { text, url, cause, hops, means, advises, source }) => {
    const reading = readAnswer(answered(text, url))
    expect({ cause: reading.cause, hops: reading.hops.map(({ id }) => id) }).toEqual({ cause, hops })
    expect(reading.isOpen).toBe(false)
    if (means) expect(reading.means).toMatch(means)
    const at = [...new Set(reading.advice.map((advice) => advice.at))]
    if (advises) expect(at).toEqual(advises)
    expect(source).toMatch(/^https:\/\//)
  })
})

test('Cloudflare and AWS load balancers have recorded answers', () => {
  for (const answers of [CLOUDFLARE, ALB])
    expect(Object.values(answers).filter(({ how }) => how === 'recorded').length).toBeGreaterThanOrEqual(3)
})

const OPENED = { isAccepted: true, pongMs: 1, messages: [], ended: undefined, refusal: undefined }

test.each([
  ['Upgrade: WebSocket\nConnection: keep-alive, upgrade', 'opened', /messages cross/, []],
  ['Connection: Upgrade', 'no-switch', /101 without "Upgrade: websocket": clients must close/, ['nginx', 'backend']],
  ['Upgrade: h2c\nConnection: Upgrade', 'wrong-switch', /101 with "Upgrade: h2c", not "websocket"/, ['backend']],
  ['Upgrade: websocket\nConnection: close', 'wrong-switch', /101 without "Connection: Upgrade"/, ['backend']],
  [
    'Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Extensions: permessage-deflate',
    'wrong-switch',
    /extension "permessage-deflate", which was not asked for/,
    ['backend'],
  ],
])('a 101 with the answer to the key and %j', (headers, cause, means, advised) => {
  const result = answered(`HTTP/1.1 101 Switching Protocols\nServer: nginx\n${headers}\n\n`)
  const reading = readAnswer({ ...result, opened: OPENED } as ProbeResult)
  expect(reading).toMatchObject({ cause, isOpen: cause === 'opened' })
  expect(reading.means).toMatch(means)
  expect(reading.advice.map(({ at }) => at)).toEqual(advised)
})

const FAILURES: Readonly<Record<Failure['kind'], string>> = {
  'no name': 'no-name',
  refused: 'refused',
  unreachable: 'unreachable',
  'no proxy': 'proxy-unreachable',
  'proxy refuses': 'proxy-refuses',
  'proxy timeout': 'proxy-silent',
  'connect timeout': 'unreachable',
  'answer timeout': 'silence',
  certificate: 'certificate',
  'client certificate': 'client-certificate',
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

test.each([
  ['ws://example.com/ws', true],
  ['wss://example.com/ws', false],
])('a connection to %s that is closed may want TLS: %s', (url, mayWantTls) => {
  const failure = { kind: 'closed' as const, detail: 'after 0 bytes' }
  const { means } = readAnswer({ question: question(url), connection, ms: 1, kind: 'failure', failure })
  expect(means.includes('ask by wss://')).toBe(mayWantTls)
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
