import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { decodeForDisplay } from '../syntax/index.ts'
import { readHead } from './http-answer.ts'
import { failureOf } from './network-failure.ts'
import type { Failure, Question, Tls } from './probe-result.ts'
import type { ForwardProxy } from './proxy.ts'

/** What may be read of a proxy's answer before it is given up. */
const PROXY_HEAD_LIMIT = 8 * 1024

/** What becomes of a connection. */
export interface Connecting {
  /** The other side, or the proxy, took it. */
  connected(socket: Socket): void
  /** The request can be sent; whatever comes from now on is the answer. */
  ready(socket: Socket, tls: Tls | undefined): void
  failed(failure: Failure): void
  /** Which failure it is where time is up before all that. */
  stage(stage: Stage): void
}

export type Stage = 'proxy' | 'tunnel' | 'connect' | 'open'

/** Connects as a question asks for it: directly or through a proxy, with TLS or without. Gives what has to be destroyed to stop it. */
export function connectFor(question: Question, on: Connecting): { destroy(): void } {
  const { url, address, proxy } = question
  const host = address ?? url.host.replace(/^\[|\]$/g, '')
  if (!proxy) {
    on.stage('connect')
    const socket = connectTcp({ host, port: url.port })
    socket.on('error', (error) => on.failed(failureOf(error, socket.remoteAddress !== undefined)))
    socket.once('connect', () => {
      on.stage('open')
      on.connected(socket)
      secure(socket, question, on)
    })
    return socket
  }
  on.stage('proxy')
  const socket = toProxy(proxy, question.isInsecure)
  const fail = (error: NodeJS.ErrnoException) => on.failed(proxyFailure(proxy, failureOf(error, true).detail))
  const hangUp = () => on.failed(proxyFailure(proxy, 'it hung up on CONNECT'))
  socket.on('error', fail)
  socket.once(proxy.isTls ? 'secureConnect' : 'connect', () => {
    on.connected(socket)
    on.stage('tunnel')
    socket.once('close', hangUp)
    socket.write(connectRequest(isIP(host) === 6 ? `[${host}]` : host, url.port, proxy))
    readTunnelHead(socket, (outcome) => {
      socket.off('error', fail)
      socket.off('close', hangUp)
      if (typeof outcome === 'string') on.failed({ kind: 'proxy refuses', detail: outcome })
      else {
        on.stage('open')
        socket.on('error', (error) => on.failed(failureOf(error, true)))
        secure(socket, question, on)
      }
    })
  })
  return socket
}

function toProxy({ isTls, host, port }: ForwardProxy, isInsecure: boolean): Socket {
  if (!isTls) return connectTcp({ host, port })
  const name = isIP(host) ? {} : { servername: host }
  return connectTls({ host, port, ALPNProtocols: ['http/1.1'], rejectUnauthorized: !isInsecure, ...name })
}

function proxyFailure({ href }: ForwardProxy, detail: string): Failure {
  return { kind: 'no proxy', detail: `${href}: ${detail}` }
}

function connectRequest(host: string, port: number, { authorization }: ForwardProxy): string {
  const target = `${host}:${port}`
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`
  return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}\r\n`
}

/** Reads what a proxy says of a tunnel: it opens with a 2xx, and what comes behind that is no longer the proxy's. */
function readTunnelHead(socket: Socket, done: (outcome: true | string) => void): void {
  let bytes: Buffer = Buffer.alloc(0)
  const take = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    const head = readHead(bytes.toString('latin1', 0, PROXY_HEAD_LIMIT))
    if (!head && bytes.length < PROXY_HEAD_LIMIT) return
    socket.off('data', take)
    socket.pause()
    if (!head || head === 'not http') return done('what it answers is no HTTP')
    const { version, status, reason } = head
    if (status < 200 || status > 299) return done(`HTTP/${version} ${status} ${decodeForDisplay(reason)}`.trim())
    const rest = bytes.subarray(Math.min(bytes.length, PROXY_HEAD_LIMIT) - head.rest.length)
    if (rest.length > 0) socket.unshift(rest)
    done(true)
  }
  socket.on('data', take)
}

/** Speaks TLS on a connection where the URL wants it. */
function secure(socket: Socket, { url, isInsecure }: Question, on: Connecting): void {
  if (!url.isTls) {
    on.ready(socket, undefined)
    return
  }
  const name = url.host.replace(/^\[|\]$/g, '')
  const tls = connectTls({
    socket,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !isInsecure,
    // The name that the certificate is checked for; an address is no SNI.
    host: name,
    ...(isIP(name) ? {} : { servername: name }),
  })
  tls.on('error', (error) => on.failed(failureOf(error, true)))
  // A connection that ends within the handshake is an error of TLS's own to Node.
  tls.once('secureConnect', () => on.ready(tls, tlsOf(tls)))
}

function tlsOf(socket: TLSSocket): Tls {
  const error = socket.authorizationError as unknown
  return {
    version: socket.getProtocol() ?? 'unknown',
    fault: socket.authorized ? undefined : error instanceof Error ? error.message : inWords(String(error)),
  }
}

/** Where a certificate is looked past, Node has but the name of the error. */
function inWords(code: string): string {
  return CERTIFICATE_ERRORS[code] ?? code
}

/** In the words of OpenSSL (X509_verify_cert_error_string). */
const CERTIFICATE_ERRORS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
}
