import { type Directive, wordingsByBlock } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Wording } from '../syntax/index.ts'
import { IMPLIED_LISTEN, type Listen, readListen, readWording } from './listen.ts'
import type { Model } from './model.ts'
import { type PatternMatch, patternOf } from './pattern.ts'
import type { Scope } from './scope.ts'

/** The servers of one address and port, in order (ngx_http_conf_addr_t). */
export interface ListenGroup {
  readonly address: string
  readonly port: number | undefined
  /** Addresses of the same servers share one list of them. */
  readonly servers: readonly Scope[]
  /** Answers what no name fits. */
  readonly defaultServer: Scope
  /** The `listen` with `default_server`, else the first one; undefined where that is not written. */
  readonly defaultListen: Directive | undefined
  readonly isTls: boolean
  /** Over UDP: no handshake of a WebSocket comes there. */
  readonly isQuic: boolean
  readonly takesIpv4: boolean
}

/** Why a server answers. */
export type ServerReason =
  | { readonly kind: 'exact name' | 'wildcard' | 'regex'; readonly directive: Directive; readonly name: string }
  /** No name fits; the `listen` that makes it the default, with `default_server` or by being the first. */
  | { readonly kind: 'default'; readonly directive: Directive | undefined }
  /** A server that has no `server_name` at all answers a request without a host. */
  | { readonly kind: 'no name' }

export interface ServerChoice {
  readonly server: Scope
  readonly group: ListenGroup
  readonly reason: ServerReason
  /** What the regex of its name captured. */
  readonly match: PatternMatch | undefined
  /** Names and includes that may make another server answer. */
  readonly doubts: readonly Directive[]
}

/** Where a request arrives. */
export interface Arrival {
  /** The address that the client connected to, as `listen` writes it; nobody may know it. */
  readonly address?: string | undefined
  readonly port: number | undefined
}

/** The servers of `http`, in order. */
export function serversOf({ roots }: Model): readonly Scope[] {
  return roots.flatMap(({ children }) => children.filter(({ kind }) => kind === 'server'))
}

/** All addresses and ports that the servers of a configuration listen on. */
export const listenGroups: (model: Model) => readonly ListenGroup[] = memoize(makeGroups)

/** The addresses and ports that one server listens on. */
export function groupsOf(server: Scope, model: Model): readonly ListenGroup[] {
  return groupsByServer(model).get(server) ?? []
}

const groupsByServer = memoize((model: Model): ReadonlyMap<Scope, readonly ListenGroup[]> => {
  const byServer = new Map<Scope, ListenGroup[]>()
  for (const group of listenGroups(model)) {
    for (const server of group.servers) {
      const known = byServer.get(server)
      if (known) known.push(group)
      else byServer.set(server, [group])
    }
  }
  return byServer
})

/**
 * The groups that a connection may belong to, the one that nginx would take first (ngx_http_init_connection: the
 * address itself, else any address of that port). None where nobody listens.
 */
export function groupsFor({ address, port }: Arrival, model: Model): readonly ListenGroup[] {
  const groups = listenGroups(model).filter(({ isQuic }) => !isQuic)
  const onPort = groups.filter((group) => group.port === port)
  // A fragment whose server nobody read may listen anywhere.
  if (onPort.length === 0) return groups.filter((group) => group.defaultServer.isAssumed)
  if (address === undefined) return onPort.sort((one, other) => Number(isWildcard(other)) - Number(isWildcard(one)))
  const exact = onPort.find((group) => group.address === address)
  if (exact) return [exact]
  const isIpv6 = address.startsWith('[')
  const wildcards = onPort.filter(isWildcard)
  const own = wildcards.find((group) => (group.address === '[::]') === isIpv6)
  const any = own ?? wildcards.find((group) => !isIpv6 && group.takesIpv4)
  // A name as `localhost` may be this address.
  return any ? [any] : onPort.filter((group) => /^[a-z]/.test(group.address) && !group.address.startsWith('unix:'))
}

function isWildcard({ address }: ListenGroup): boolean {
  return address === '*' || address === '[::]'
}

/** The server of a group that answers for a host; `''` is a request without one (ngx_http_find_virtual_server). */
export function findServer(group: ListenGroup, host: string): ServerChoice {
  const names = namesOf(group.servers)
  const isOnlyServer = group.servers.length === 1
  const doubts: Directive[] = []
  const chosen = (name: ServerName, kind: 'exact name' | 'wildcard' | 'regex', match?: PatternMatch): ServerChoice => ({
    server: name.server,
    group,
    reason: name.directive ? { kind, directive: name.directive, name: name.name } : { kind: 'no name' },
    match,
    doubts,
  })
  const exact = names.exact.get(host)
  if (exact) return chosen(exact, 'exact name')
  // Any other choice falls when a server that nobody read has the name.
  for (const level of new Set(group.servers.flatMap((server) => [...server.outwards()])))
    for (const include of level.unresolved) doubts.push(include)
  const wildcard = host === '' ? undefined : (byHead(names.heads, host) ?? byTail(names.tails, host))
  if (wildcard) return chosen(wildcard, 'wildcard')
  for (const regex of host === '' ? [] : names.regexes) {
    const match = patternOf(regex.name, /[A-Z]/.test(regex.name)).match(host)
    if (match === undefined && regex.directive) doubts.push(regex.directive)
    else if (match) return chosen(regex, 'regex', isOnlyServer && !names.lastRegexCaptures ? undefined : match)
  }
  return defaultChoice(group, doubts)
}

/** The server that answers what no name fits, and requests that go wrong before their host is known. */
export function defaultChoice(group: ListenGroup, doubts: readonly Directive[] = []): ServerChoice {
  const reason: ServerReason = { kind: 'default', directive: group.defaultListen }
  return { server: group.defaultServer, group, reason, match: undefined, doubts }
}

export interface ServerName {
  readonly server: Scope
  /** As it is written, in lower case; a regex without its `~`. */
  readonly name: string
  readonly directive: Directive | undefined
}

interface ServerNames {
  readonly exact: ReadonlyMap<string, ServerName>
  /** `*.example.com` and `.example.com`, by `.example.com`. */
  readonly heads: ReadonlyMap<string, ServerName>
  /** `www.*`, by `www.`. */
  readonly tails: ReadonlyMap<string, ServerName>
  readonly regexes: readonly ServerName[]
  /** Names that another server of the address has before. */
  readonly conflicts: readonly NameConflict[]
  /** A server that is alone on its address is asked for its captures only if its last regex has any. */
  readonly lastRegexCaptures: boolean
}

const namesOf = memoize(collectNames)

/** A name that nginx ignores, since another server of the address has it: "conflicting server name". */
export interface NameConflict {
  readonly ignored: ServerName
  readonly first: ServerName
}

/** Those of one address and port. */
export function nameConflicts(group: ListenGroup): readonly NameConflict[] {
  return namesOf(group.servers).conflicts
}

/** Names by addresses, of one server. */
const MOST_PAIRS = 1_000

/**
 * Whether two servers may have the same name on the same address. It is seldom so, and told by the lines alone: of thousands of
 * servers no directive need be made, nor any group. Those of a server with many names and many addresses share their lists,
 * which are looked through sooner than each name is kept for each address.
 */
export function mayConflict(model: Model): boolean {
  const listens = wordingsByBlock('listen', model.configuration)
  const names = wordingsByBlock('server_name', model.configuration)
  const byAddress = new Map<string, Set<string>>()
  const namesAt = ({ address, ports = [0, 0], isQuic }: Pick<Listen, 'address' | 'ports' | 'isQuic'>) => {
    const key = `${address} ${ports[0]} ${isQuic}`
    const known = byAddress.get(key) ?? new Set()
    byAddress.set(key, known)
    return ports[0] === ports[1] ? known : undefined
  }
  const implied = namesAt(IMPLIED_LISTEN)
  const takenBy = memoize((wording: Wording) => namesAt(readWording(wording)))
  const isTaken = (taken: Set<string>, name: string) => taken.size === taken.add(bareName(name)).size
  const areTaken = (taken: Set<string>, own: readonly Wording[] | undefined) =>
    own ? own.some(({ argumentValues }) => argumentValues.some((name) => isTaken(taken, name))) : isTaken(taken, '')
  for (const { directive } of serversOf(model)) {
    const own = names.get(directive)
    const addresses = listens.get(directive)
    if ((addresses?.length ?? 0) * countOfNames(own) > MOST_PAIRS) return true
    if (!addresses && implied && areTaken(implied, own)) return true
    for (const listen of addresses ?? []) {
      const taken = takenBy(listen)
      if (!taken || areTaken(taken, own)) return true
    }
  }
  return false
}

function countOfNames(rows: readonly Wording[] = []): number {
  return rows.reduce((count, { argumentValues }) => count + argumentValues.length, 0)
}

/** Without what its first label may be: `.example.com` is the name `example.com`, too. */
function bareName(name: string): string {
  return (name.startsWith('*.') ? name.slice(2) : name.startsWith('.') ? name.slice(1) : name).toLowerCase()
}

/** ngx_http_server_names: of two equal names the first one holds, the other is warned of and ignored. */
function collectNames(servers: readonly Scope[]): ServerNames {
  const exact = new Map<string, ServerName>()
  const heads = new Map<string, ServerName>()
  const tails = new Map<string, ServerName>()
  const regexes: ServerName[] = []
  /** `keys_hash` of ngx_hash_add_key: the names without a wildcard, that of `.example.com` too. */
  const taken = new Set<string>()
  const take = (name: string) => !taken.has(name) && taken.add(name) !== undefined
  const conflicts: NameConflict[] = []
  const addTo = (names: Map<string, ServerName>, key: string, entry: ServerName) => {
    const first = names.get(key)
    if (!first) names.set(key, entry)
    else if (first.server !== entry.server) conflicts.push({ ignored: entry, first })
  }
  for (const { server, value, directive } of servers.flatMap(writtenNames)) {
    const name = value.toLowerCase()
    const entry = { server, name, directive }
    if (name.startsWith('~')) regexes.push({ ...entry, name: value.slice(1) })
    else if (name.startsWith('*.')) addTo(heads, name.slice(1), entry)
    else if (name.startsWith('.') && name.length > 1) {
      if (take(name.slice(1))) addTo(heads, name, entry)
    } else if (name.endsWith('.*')) addTo(tails, name.slice(0, -1), entry)
    else if (take(name) || exact.has(name)) addTo(exact, name, entry)
  }
  return { exact, heads, tails, regexes, conflicts, lastRegexCaptures: hasCaptures(regexes.at(-1)?.name ?? '') }
}

/** `cscf->captures` in ngx_http_core_server_name */
function hasCaptures(pattern: string): boolean {
  const plain = pattern.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '')
  return /\((?!\?)|\(\?P?<[A-Za-z_]|\(\?'/.test(plain)
}

interface WrittenName {
  readonly server: Scope
  readonly value: string
  readonly directive: Directive | undefined
}

/** A server without a name has the empty one (ngx_http_core_merge_srv_conf). */
function writtenNames(server: Scope): WrittenName[] {
  const directives = server.own('server_name')
  if (directives.length === 0) return [{ server, value: '', directive: undefined }]
  return directives.flatMap((directive) => directive.values.map((value) => ({ server, value, directive })))
}

/** The longest suffix of whole labels (ngx_hash_find_wc_head); `.example.com` is a suffix of `example.com` itself. */
function byHead(heads: ServerNames['heads'], host: string): ServerName | undefined {
  const whole = heads.get(`.${host}`)
  if (whole?.name.startsWith('.')) return whole
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    const found = heads.get(host.slice(dot))
    if (found) return found
  }
  return undefined
}

/** The longest prefix of whole labels (ngx_hash_find_wc_tail). */
function byTail(tails: ServerNames['tails'], host: string): ServerName | undefined {
  for (let dot = host.lastIndexOf('.'); dot !== -1; dot = dot === 0 ? -1 : host.lastIndexOf('.', dot - 1)) {
    const found = tails.get(host.slice(0, dot + 1))
    if (found) return found
  }
  return undefined
}

interface GrowingGroup {
  address: string
  port: number | undefined
  servers: Scope[]
  defaultServer: Scope
  defaultListen: Directive | undefined
  hasDefault: boolean
  isTls: boolean
  isQuic: boolean
  takesIpv4: boolean
}

/**
 * Ports of ranges, of all servers together; of a range that would be more the first port is taken. Each is a socket, of
 * which nginx has a thousand at most, unless it is told otherwise.
 */
const MOST_RANGE_PORTS = 100_000

function makeGroups(model: Model): ListenGroup[] {
  const groups = new Map<string, GrowingGroup>()
  let room = MOST_RANGE_PORTS
  for (const server of serversOf(model)) {
    const listens = server.own('listen').map(readListen)
    for (const listen of listens.length > 0 ? listens : [IMPLIED_LISTEN]) {
      const [first, last] = listen.ports ?? [0, 0]
      const isRange = last > first
      const fits = last - first < room
      if (isRange && fits) room -= last - first
      // nginx refuses a range that runs backwards.
      const isWhole = listen.ports === undefined || last === first || (isRange && fits)
      addListen(groups, server, isWhole ? listen : { ...listen, ports: [first, first] })
    }
  }
  shareLists([...groups.values()], model)
  return [...groups.values()]
}

/** A server of thousands of names and as many ports has its names looked through once. */
function shareLists(groups: readonly GrowingGroup[], model: Model): void {
  const numbers = new Map(serversOf(model).map((server, index) => [server, index]))
  const lists = new Map<string, Scope[]>()
  for (const group of groups) {
    const key = group.servers.map((server) => numbers.get(server)).join()
    const known = lists.get(key)
    if (known) group.servers = known
    else lists.set(key, group.servers)
  }
}

/** ngx_http_add_listen */
function addListen(groups: Map<string, GrowingGroup>, server: Scope, listen: Listen): void {
  const [first, last] = listen.ports ?? [undefined, undefined]
  for (let port = first; ; port = (port as number) + 1) {
    const key = `${listen.address} ${port} ${listen.isQuic}`
    const group = groups.get(key)
    if (!group) {
      groups.set(key, {
        address: listen.address,
        port,
        servers: [server],
        defaultServer: server,
        defaultListen: listen.directive,
        hasDefault: listen.isDefault,
        isTls: listen.isTls,
        isQuic: listen.isQuic,
        takesIpv4: listen.takesIpv4,
      })
    } else {
      if (group.servers.at(-1) !== server) group.servers.push(server)
      group.isTls ||= listen.isTls
      group.takesIpv4 ||= listen.takesIpv4
      if (listen.isDefault && !group.hasDefault)
        Object.assign(group, { defaultServer: server, defaultListen: listen.directive, hasDefault: true })
    }
    if (port === last) return
  }
}
