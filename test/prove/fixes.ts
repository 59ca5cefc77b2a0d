/** Breaks sites, asks real nginx and the linter about them, fixes them, and asks again. */

import { rules } from '../../rules/index.ts'
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { findWebSocketLocations, isGood, Model, type WebSocketLocation } from '../../src/effective/index.ts'
import { fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Problem } from '../../src/lint/problem.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import type { Backend } from '../e2e/backends.ts'
import { handshake, plainRequest } from '../e2e/client.ts'
import { mainConf, NginxStartError, PortTakenError, startNginx } from '../e2e/nginx.ts'
import { nginxVersion } from '../e2e/nginx-binary.ts'
import { freePorts } from '../e2e/ports.ts'
import type { RecordedRequest } from '../e2e/recorder.ts'
import { makeTree } from '../e2e/tree.ts'
import { type Site, type SiteLocation, writeSite } from './broken-site.ts'

export interface FixCase {
  readonly files: Readonly<Record<string, string>>
  readonly fixed: Readonly<Record<string, string>>
  /** What did not go as it should; empty where all did. */
  readonly faults: readonly string[]
  readonly handshakes: number
  readonly broken: number
}

/** What real nginx makes of each location: undefined where it does not start. */
type Seen = readonly { readonly status: number; readonly plain: RecordedRequest | undefined }[] | undefined

const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const version = parseVersion(nginxVersion()) ?? 'unknown'

const ATTEMPTS = 5

/** With another port where somebody took the first one meanwhile. */
export async function runFixCase(site: Site, backend: Backend): Promise<FixCase> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(site, backend)
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === ATTEMPTS) throw error
    }
  }
}

async function runOnce(site: Site, backend: Backend): Promise<FixCase> {
  const [port] = (await freePorts(1)) as [number]
  const files = { 'nginx.conf': mainConf('  include site.conf;\n'), ...writeSite(site, port, backend.port) }
  const before = await ask(files, site, port, backend)
  const paths = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/etc/nginx/${name}`, text]))
  const sockets = webSocketsOf(paths)
  const result = fixConfigurations(['/etc/nginx/nginx.conf'], memoryFiles(paths), rules, { target: version })
  const changes = Object.fromEntries(
    result.changes.map(({ path, newText }) => [path.replace('/etc/nginx/', ''), newText]),
  )
  const fixed = { ...files, ...changes }
  const after = await ask(fixed, site, port, backend)
  const { problems } = lintRoots(['/etc/nginx/nginx.conf'], memoryFiles(paths), rules, { target: version })
  const faults = [
    ...findFaults(result, false),
    ...site.locations.flatMap((location, index) => {
      const model = sockets.get(location.head)
      const gained = namesOf(result.restored)
      return judge(location, model, problems, before?.[index], after?.[index], before !== undefined, gained).map(
        (fault) => `${location.head}: ${fault}`,
      )
    }),
    ...(after ? [] : ['nginx does not start with the fixed files']),
    ...keptComments(files, fixed),
    ...secondFix(fixed),
  ]
  const broken = before?.filter(({ status }) => status !== 101).length ?? site.locations.length
  return { files, fixed, faults, handshakes: site.locations.length, broken }
}

function webSocketsOf(files: Readonly<Record<string, string>>): Map<string, WebSocketLocation> {
  const configuration = loadConfiguration('/etc/nginx/nginx.conf', memoryFiles(files))
  if ('failure' in configuration) throw new Error(configuration.failure)
  const locations = findWebSocketLocations(new Model(configuration, version))
  return new Map(
    locations.map((found) => [`location ${found.scope.directive?.arguments.map(({ raw }) => raw).join(' ')}`, found]),
  )
}

type Answered = { readonly status: number; readonly plain: RecordedRequest | undefined } | undefined

/** What is wrong with what happened to one location. */
function judge(
  { isSocket }: SiteLocation,
  model: WebSocketLocation | undefined,
  problems: readonly Problem[],
  before: Answered,
  after: Answered,
  started: boolean,
  gained: ReadonlySet<string>,
): string[] {
  const faults: string[] = []
  if (isSocket && !model) faults.push('not seen to be a WebSocket location')
  const isSure = model?.evidence.isCertain === true
  if (model && started) {
    const opens = before?.status === 101
    if (isGood(model.handshake) !== opens)
      faults.push(`the model says ${isGood(model.handshake) ? 'good' : 'broken'}, nginx ${before?.status}`)
    if (!opens && !problems.some((problem) => isAbout(problem, model))) faults.push('broken, and not flagged')
  }
  // websocket/handshake-blocked mends `Host:` alone: a person must say which of two Host rows to keep.
  const isMendable = isSure && model?.handshake.obstacles.length === 0
  if (isMendable && after?.status !== 101) faults.push(`${after?.status} after the fix`)
  const wasMended = isSure && !(model && isGood(model.handshake))
  if (started && !wasMended && !isHardcoded(before)) faults.push(...differences(before?.plain, after?.plain, gained))
  return faults
}

/** websocket/hardcoded-connection changes ordinary requests, and says so. */
function isHardcoded(before: Answered): boolean {
  return (
    before?.plain?.headers.some(([name, value]) => name.toLowerCase() === 'connection' && /upgrade/i.test(value)) ===
    true
  )
}

/**
 * Whether a problem stands at the location's head, or at a line that its handshake depends on; that of a map, whose
 * variable one of its rows has; that of what may not stand there, in a block around.
 */
export function isAbout(
  problem: Problem,
  { scope, handshake: { upgrade, connection, version: found, rows } }: WebSocketLocation,
): boolean {
  const lines = [scope.directive, ...rows, ...upgrade.rows, ...connection.rows, found.directive]
  if (problem.ruleId === 'directives/misplaced') {
    const blocks = new Set([...scope.outwards()].map(({ directive }) => directive?.statement.start))
    if (problem.related.some(({ span }) => blocks.has(span.start))) return true
  }
  if (problem.ruleId === 'websocket/connection-map')
    if (connection.rows.some((row) => problem.message.includes(`"${row.argument(1)}"`))) return true
  return lines.some(
    (line) =>
      line &&
      line.file.path === problem.file.path &&
      line.statement.start <= problem.span.start &&
      problem.span.start < line.statement.end,
  )
}

/** The headers that inheritance/dropped-headers means to bring back: what a backend gets by these names may change. */
function namesOf(restored: ReadonlySet<string>): Set<string> {
  return new Set([...restored].map((row) => row.slice(0, row.indexOf(' ')).toLowerCase()))
}

function differences(
  before: RecordedRequest | undefined,
  after: RecordedRequest | undefined,
  gained: ReadonlySet<string>,
): string[] {
  const text = (request: RecordedRequest | undefined) =>
    request &&
    [
      `${request.method} ${request.target} ${request.httpVersion}`,
      ...request.headers
        .filter(([name]) => !gained.has(name.toLowerCase()))
        .map(([name, value]) => `${name}: ${value}`),
    ].join(' | ')
  return text(before) === text(after) ? [] : [`an ordinary request changed: ${text(before)} became ${text(after)}`]
}

/** Handshakes and ordinary requests to every location of a running nginx. */
async function ask(files: Readonly<Record<string, string>>, site: Site, port: number, backend: Backend): Promise<Seen> {
  const tree = makeTree(files)
  try {
    const nginx = await startNginx({ dir: tree.dir })
    try {
      const seen: { status: number; plain: RecordedRequest | undefined }[] = []
      for (const { target } of site.locations) {
        backend.recorder.clear()
        const { status } = await handshake({ port, path: target, key: KEY, id: 'h' })
        await plainRequest({ port, path: target, id: 'p', headers: [['X-Plain', '1']] })
        seen.push({ status, plain: backend.recorder.all().find(({ id }) => id === 'p') })
      }
      return seen
    } finally {
      await nginx.stop()
    }
  } catch (error) {
    if (error instanceof NginxStartError) return undefined
    throw error
  } finally {
    tree.remove()
  }
}

/** Comments, and lines without any WebSocket row, must be there as they were. */
function keptComments(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.entries(before).flatMap(([name, text]) => {
    const left = new Set((after[name] ?? '').split('\n'))
    const isMine = (line: string) =>
      /proxy_http_version|Upgrade|Connection|Conection|upgrad/.test(line) || /location .*\{.*\}/.test(line)
    return text
      .split('\n')
      .filter((line) => !isMine(line) && !left.has(line))
      .map((line) => `${name} lost the line ${JSON.stringify(line)}`)
  })
}

function secondFix(fixed: Readonly<Record<string, string>>): string[] {
  const paths = Object.fromEntries(Object.entries(fixed).map(([name, text]) => [`/etc/nginx/${name}`, text]))
  const again = fixConfigurations(['/etc/nginx/nginx.conf'], memoryFiles(paths), rules, { target: version })
  return again.changes.map(({ path }) => `a second --fix changes ${path}`)
}
