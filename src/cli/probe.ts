import { isIP } from 'node:net'
import { ask } from '../diagnose/ask-node.ts'
import type { Probed } from '../diagnose/compare.ts'
import type { Question } from '../diagnose/probe-result.ts'
import { type ForwardProxy, parseProxy } from '../diagnose/proxy.ts'
import { proxyFromEnvironment } from '../diagnose/proxy-node.ts'
import { readAnswer } from '../diagnose/read-answer.ts'
import type { SocketUrl } from '../diagnose/socket-url.ts'
import { trace } from '../diagnose/trace.ts'
import type { Header } from '../effective/index.ts'
import { type ProbeReport, probeJson, renderProbe } from '../report/probe.ts'
import { type Given, givenHeaders, givenUrl } from './given.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { oneConfiguration } from './one-configuration.ts'
import { displayFor } from './terminal.ts'

const DEFAULT_SECONDS = 10
const MOST_SECONDS = 60
const FOR_CONF = ['nginx-version', 'prefix', 'path-map']

/** `ngxlint probe URL`: 0 where a WebSocket was opened, 1 where not, 2 where it could not ask. */
export async function probe(text: string, given: Given, io: Io): Promise<ExitCode> {
  const url = givenUrl(text)
  const headers = probeHeaders(given)
  const subprotocols = given.all('subprotocol').flatMap((names) => names.split(',').map((name) => name.trim()))
  if (!subprotocols.every((name) => /^[!#$%&'*+.^`|~\w-]+$/.test(name)))
    throw new CommandError(`--subprotocol: "${given.last('subprotocol')}" is no name of a subprotocol`)
  const unheard = FOR_CONF.find((name) => given.all(name).length > 0)
  if (unheard !== undefined && given.last('conf') === undefined)
    throw new CommandError(`--${unheard}: it is about a configuration; name one with --conf FILE`)
  const lint = given.lint(given.last('conf'))
  const resolved = given.all('resolve').map(readResolve)
  const common = {
    headers,
    subprotocols,
    isInsecure: given.has('insecure'),
    timeoutMs: readTimeout(given.last('timeout')),
  }
  const question = (to: SocketUrl, proxy: ForwardProxy | undefined): Question => ({
    ...common,
    url: to,
    address: addressFor(to, resolved),
    proxy,
  })
  const compared = given.last('compare')
  const backend = compared === undefined ? undefined : givenUrl(compared)
  const front = question(url, proxyFor(url, given.last('proxy'), given, io))
  // --proxy is for the way to the front; a backend mostly stands in one's own network.
  const back = backend && question(backend, proxyFor(backend, undefined, given, io))
  // What can't be read is said before anybody is asked.
  const conf = given.last('conf') === undefined ? undefined : await oneConfiguration(lint, io, 'probe')
  const [probed, direct] = await Promise.all([askOne(front), back && askOne(back)])
  const traced =
    conf &&
    trace(conf.model, url, conf.rules, { headers: [...headers, ...protocolHeader(subprotocols)], run: conf.run })
  const report: ProbeReport = { probed, direct, trace: traced }
  io.out(given.has('json') ? probeJson(report, io.cwd) : renderProbe(report, displayFor(io, lint.color)))
  return probed.reading.isOpen ? 0 : 1
}

async function askOne(question: Question): Promise<Probed> {
  const result = await ask(question)
  return { result, reading: readAnswer(result) }
}

function protocolHeader(subprotocols: readonly string[]): Header[] {
  return subprotocols.length > 0 ? [['Sec-WebSocket-Protocol', subprotocols.join(', ')]] : []
}

function probeHeaders(given: Given): Header[] {
  const origin = given.last('origin')
  return [...(origin === undefined ? [] : givenHeaders([`Origin: ${origin}`])), ...givenHeaders(given.all('header'))]
}

function proxyFor(url: SocketUrl, named: string | undefined, given: Given, io: Io): ForwardProxy | undefined {
  if (given.isOff('proxy')) return undefined
  const proxy = named === undefined ? proxyFromEnvironment(url, io.env) : parseProxy(named, '--proxy')
  if (proxy && 'problem' in proxy) throw new CommandError(proxy.problem)
  return proxy
}

function readTimeout(text = String(DEFAULT_SECONDS)): number {
  const seconds = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && seconds > 0 && seconds <= MOST_SECONDS) return seconds * 1000
  throw new CommandError(`--timeout: "${text}" is no number of seconds up to ${MOST_SECONDS}`)
}

interface Resolved {
  readonly host: string
  readonly port: number
  readonly address: string
}

/** As curl has it: `example.com:443:127.0.0.1`; addresses of IPv6 may stand in brackets. */
function readResolve(text: string): Resolved {
  const [, host = '', port = '', bare = ''] = /^(\[[^\]]+\]|[^:]+):(\d+):(.+)$/.exec(text) ?? []
  const address = bare.replace(/^\[(.*)\]$/, '$1')
  if (host === '' || isIP(address) === 0)
    throw new CommandError(`--resolve: "${text}" is not HOST:PORT:ADDRESS, as in example.com:443:127.0.0.1`)
  return { host: host.toLowerCase(), port: Number(port), address }
}

function addressFor({ host, port }: SocketUrl, resolved: readonly Resolved[]): string | undefined {
  return resolved.find((entry) => (entry.host === host || entry.host === '*') && entry.port === port)?.address
}
