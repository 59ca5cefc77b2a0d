/**
 * A fixture's tree, adapted as little as it takes to run beside everything else: ports of loopback, backends that are
 * ours, paths of the tree, a certificate of our own. Nothing that a handshake depends on is touched.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { applyEdits, type Edit, parse, SourceFile, type Statement, walkStatements } from '../../src/syntax/index.ts'
import { mainConf, TEMPORARY_PATHS } from '../e2e/nginx.ts'
import { makeTree, type TreeFiles } from '../e2e/tree.ts'
import { CERTIFICATE_FILE, KEY_FILE } from './certificate.ts'

export interface Fixture {
  readonly files: TreeFiles
  /** The main configuration, relative to the tree. */
  readonly conf: string
  /** The ports that it listens on. */
  readonly ports: readonly string[]
  readonly needsCertificate: boolean
}

export interface Surroundings {
  readonly dir: string
  /** In the order of the fixture's own. */
  readonly ports: readonly number[]
  readonly backendPort: number
}

const MAIN_FILES = ['nginx.conf', 'etc/nginx/nginx.conf']

export function readFixture(folder: string): Fixture {
  const copy = makeTree({}).copy(folder, '.')
  const found = Object.entries(copy.snapshot()).filter(([path]) => isConfiguration(path))
  copy.remove()
  const files: Record<string, TreeFiles[string]> = {}
  for (const [path, entry] of found) files[path] = 'link' in entry ? entry : entry.text
  const conf = MAIN_FILES.find((path) => path in files)
  // Without a main file, each is one that conf.d holds.
  if (!conf)
    files['nginx.conf'] = mainConf(
      Object.keys(files)
        .map((path) => `include ${path};`)
        .join('\n'),
    )
  const statements = Object.values(files).flatMap((text) => (typeof text === 'string' ? [...statementsOf(text)] : []))
  const ports = statements.filter(({ name }) => name === 'listen').map((listen) => portOf(listen))
  return {
    files,
    conf: conf ?? 'nginx.conf',
    ports: [...new Set(ports)],
    needsCertificate: statements.some(({ name }) => name === 'ssl_certificate'),
  }
}

/** `fixtures/readme` has its bad configuration beside the folders of the others. */
const isConfiguration = (path: string) => !/^(?:good|fixed|bad)\/|^findings\.txt$/.test(path)

export function adaptFixture(
  { files, conf, ports: own }: Fixture,
  { dir, ports, backendPort }: Surroundings,
): TreeFiles {
  const texts = Object.values(files).flatMap((file) => (typeof file === 'string' ? [file] : []))
  const upstreams = new Set(
    texts.flatMap((text) => [...statementsOf(text)].flatMap((one) => (one.name === 'upstream' ? one.value(1) : []))),
  )
  const place: Place = {
    backend: `127.0.0.1:${backendPort}`,
    isUpstream: (name) => upstreams.has(name),
    portFor: (listen) => ports[own.indexOf(portOf(listen))] as number,
    path: (path) => movedPath(path, dir, conf),
    dir,
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? adaptText(file, place) : file]),
  )
}

interface Place {
  readonly dir: string
  readonly backend: string
  isUpstream(name: string): boolean
  portFor(listen: Statement): number
  path(path: string): string
}

/** What a statement becomes; undefined where it stays. */
type Adapt = (statement: Statement, place: Place) => string | undefined

const removed: Adapt = () => ''

const ADAPTED: Readonly<Record<string, Adapt>> = {
  // Those of the process and of the machine it was written for.
  user: removed,
  pid: removed,
  daemon: removed,
  worker_rlimit_nofile: removed,
  error_log: removed,
  access_log: removed,
  ssl_dhparam: removed,
  ssl_certificate: (_, { dir }) => `ssl_certificate ${join(dir, CERTIFICATE_FILE)};`,
  ssl_certificate_key: (_, { dir }) => `ssl_certificate_key ${join(dir, KEY_FILE)};`,
  // What OpenResty's balancer would choose is the placeholder's address here.
  balancer_by_lua_block: removed,
  include: (statement, { path }) => `include ${path(statement.value(1) as string)};`,
  listen: (statement, { portFor }) => {
    const isIpv6 = (one: Statement) => one.value(1)?.startsWith('[') === true
    const siblings = statement.parent?.children?.filter(({ name }) => name === 'listen') ?? []
    if (isIpv6(statement) && !siblings.every(isIpv6)) return ''
    const parameters = statement.values.slice(2).filter((word) => !word.startsWith('ipv6only='))
    return `${['listen', `127.0.0.1:${portFor(statement)}`, ...parameters].join(' ')};`
  },
  server: (statement, { backend }) =>
    statement.parent?.name === 'upstream'
      ? `${['server', backend, ...statement.values.slice(2)].join(' ')};`
      : undefined,
  proxy_pass: (statement, { backend, isUpstream }) => {
    const [, scheme, host, uri] = /^(\w+:\/\/)([^/?$]+)(.*)$/.exec(statement.value(1) ?? '') ?? []
    return host === undefined || isUpstream(host) ? undefined : `proxy_pass ${scheme}${backend}${uri};`
  },
}

function adaptText(text: string, place: Place): string {
  const edits: Edit[] = []
  for (const statement of statementsOf(text)) {
    if (statement.name === 'http' && statement.body && !text.includes('temp_path')) {
      const { start } = statement.body
      edits.push({ start, end: start, text: ` access_log off; ${TEMPORARY_PATHS}` })
    }
    const adapted = ADAPTED[statement.name]?.(statement, place)
    if (adapted !== undefined) edits.push({ start: statement.start, end: statement.end, text: adapted })
  }
  return applyEdits(text, edits)
}

function* statementsOf(text: string): Generator<Statement> {
  yield* walkStatements(parse(new SourceFile('', text), nginxGrammar).statements)
}

function portOf(listen: Statement): string {
  return /(\d+)$/.exec(listen.value(1) ?? '')?.[1] ?? '80'
}

/** An absolute path as it is below the tree: a tree with an etc/ is a whole machine, any other one is /etc/nginx. */
function movedPath(path: string, dir: string, conf: string): string {
  if (!path.startsWith('/')) return path
  return conf.startsWith('etc/') ? join(dir, path) : path.replace('/etc/nginx', dir)
}

/** The folders of a fixture: `bad`, `good`, `fixed`. */
export function variantsOf(fixture: string): Record<'bad' | 'good' | 'fixed', string> {
  const bad = join(fixture, 'bad')
  return { bad: existsSync(bad) ? bad : fixture, good: join(fixture, 'good'), fixed: join(fixture, 'fixed') }
}
