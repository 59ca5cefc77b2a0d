import type { ContextFamily } from './context.ts'
import { bytesOfSize } from './quantities.ts'

/** What is there once for all of nginx, whichever block asks for it: a zone of shared memory, or a folder of nginx's own. */
export interface SharedThing {
  readonly kind: 'zone' | 'folder'
  readonly name: string
  /** What it is for. nginx gives no zone, and no folder of a cache, to two (ngx_shared_memory_add, ngx_add_path). */
  readonly use: string
  /** The argument that has the name. */
  readonly index: number
  /** What all that share it must say alike: the size of a zone, the levels of a folder. Undefined where nothing is said. */
  readonly must: string | number | undefined
  /** The same, as it is written. */
  readonly written: string
  /** Whether two of one use are told as duplicates by their names. */
  readonly isDeclaredOnce: boolean
}

const GATEWAYS = ['fastcgi', 'proxy', 'scgi', 'uwsgi'] as const

type Reader = (values: readonly string[]) => Omit<SharedThing, 'use'>[]

function zone(index: number, name: string, size: string | undefined, isDeclaredOnce = false): Omit<SharedThing, 'use'> {
  const bytes = bytesOfSize(size ?? '')
  return { kind: 'zone', name, index, must: bytes, written: size ?? '', isDeclaredOnce }
}

/** `zone=one:10m`, once for a name. */
function parameter(prefix: string): Reader {
  return (values) => {
    const index = values.findIndex((value) => value.startsWith(prefix))
    const [name, size] = values[index]?.slice(prefix.length).split(':') ?? []
    return name === undefined ? [] : [zone(index, name, size, true)]
  }
}

/** `shared:SSL:10m` */
function sharedCaches(values: readonly string[]): Omit<SharedThing, 'use'>[] {
  return values.flatMap((value, index) => {
    const [word, name, size] = value.split(':')
    return word === 'shared' && name !== undefined && size !== undefined ? [zone(index, name, size)] : []
  })
}

function cache(values: readonly string[]): Omit<SharedThing, 'use'>[] {
  const [name = ''] = values
  return [
    ...parameter('keys_zone=')(values),
    { kind: 'folder', name, index: 0, must: undefined, written: '', isDeclaredOnce: false },
  ]
}

/** `client_body_temp_path /tmp 1 2` */
function temporary([name = '', ...levels]: readonly string[]): Omit<SharedThing, 'use'>[] {
  const written = levels.join(' ')
  return [{ kind: 'folder', name, index: 0, must: written, written, isDeclaredOnce: false }]
}

const TEMPORARY = 'temporary files'

const readers: ReadonlyMap<string, readonly [Reader, use?: string]> = new Map<string, readonly [Reader, use?: string]>([
  ['limit_conn_zone', [parameter('zone=')]],
  ['limit_req_zone', [parameter('zone=')]],
  ['ssl_ocsp_cache', [sharedCaches]],
  ['ssl_session_cache', [sharedCaches]],
  ['zone', [([name, size]) => (name === undefined ? [] : [zone(0, name, size)])]],
  ...GATEWAYS.map((name) => [`${name}_cache_path`, [cache]] as const),
  ...[...GATEWAYS, 'client_body'].map((name) => [`${name}_temp_path`, [temporary, TEMPORARY]] as const),
])

export function hasSharedThings(name: string): boolean {
  return readers.has(name)
}

/** What a directive has of what all share. */
export function sharedThings(name: string, family: ContextFamily, values: readonly string[]): SharedThing[] {
  const [read, use] = readers.get(name) ?? []
  return (read?.(values) ?? []).map((thing) => ({ ...thing, use: use ?? `${name} of ${family}` }))
}
