/** Writes a generated configuration in a form that nginx takes: what it would refuse is left out. */
import { BACKEND, type GeneratedCase, type Item, MARK, PREAMBLE, type Server } from './generator.ts'

export interface Surroundings {
  readonly ports: readonly number[]
  readonly backendPort: number
  /** A folder for sockets. */
  readonly dir: string
}

/** The content of `http`. */
export function writeHttp({ servers, http }: GeneratedCase, { ports, backendPort, dir }: Surroundings): string {
  const writer = new Writer()
  const lines = [
    ...PREAMBLE,
    ...writer.block(http, { marks: 'http' }),
    ...servers.flatMap((server) => writer.server(server, ports)),
  ]
  const text = lines.join('\n')
  return text.replaceAll(BACKEND, `127.0.0.1:${backendPort}`).replaceAll('{dir}', dir)
}

interface Place {
  /** The header value that tells the block; undefined where it can't have one. */
  readonly marks: string | undefined
  readonly isServer?: boolean
  /** Of a location: its path, `''` for a regex or a name. */
  readonly path?: string
}

/** Directives that a block may have only once. */
const SINGLE =
  /^(?:proxy_http_version|proxy_method|proxy_pass_request_headers|proxy_pass_request_body|proxy_set_body|satisfy|auth_basic|auth_basic_user_file|try_files|internal|limit_except|recursive_error_pages|merge_slashes|underscores_in_headers|ignore_invalid_headers)\b/

class Writer {
  #count = 0
  readonly #defaults = new Set<string>()

  server({ listens, names, content }: Server, ports: readonly number[]): string[] {
    const mark = this.#mark()
    const lines: string[] = []
    const taken = new Set<string>()
    for (const { port, address, isDefault } of listens) {
      const place = `${address === '127.0.0.1:' ? address : '*:'}${port}`
      if (taken.has(place)) continue
      taken.add(place)
      const claims = isDefault && !this.#defaults.has(place)
      if (claims) this.#defaults.add(place)
      lines.push(`listen ${address}${ports[port]}${claims ? ' default_server' : ''};`)
    }
    if (names) lines.push(`server_name ${[...new Set(names)].join(' ')};`)
    // `$to` is where `proxy_pass http://$to` goes.
    lines.push(`set $to ${BACKEND};`, ...this.block(content, { marks: mark, isServer: true }))
    return ['server {', ...lines.map((line) => `  ${line}`), '}']
  }

  block(content: readonly Item[], place: Place): string[] {
    const lines = place.marks ? [`add_header ${MARK} ${place.marks} always;`] : []
    const taken = new Set<string>()
    /** One of a kind only; the first stays. */
    const isFirst = (key: string) => !taken.has(key) && taken.add(key) !== undefined
    for (const item of content) {
      if (typeof item === 'string') {
        const single = SINGLE.exec(item)?.[0] ?? (/^(?:proxy_pass |empty_gif)/.test(item) ? 'handler' : undefined)
        if (single === undefined || isFirst(single)) lines.push(`${item};`)
      } else lines.push(...this.#inner(item.head, item.content, place, isFirst))
    }
    return lines
  }

  #inner(head: string, content: readonly Item[], place: Place, isFirst: (key: string) => boolean): string[] {
    if (head.startsWith('limit_except') && !isFirst('limit_except')) return []
    if (!head.startsWith('location')) {
      const marks = head.startsWith('if') && !place.isServer ? this.#mark() : undefined
      return wrap(head, this.block(content, { marks }))
    }
    const [, modifier, path] = /^location (=|\^~|~\*?)? ?"?(.*?)"?$/.exec(head) as RegExpExecArray
    const isFixed = modifier === undefined || modifier === '=' || modifier === '^~'
    const isNamed = path?.startsWith('@')
    // nginx wants a nested path within its parent's.
    if (isFixed && place.path !== undefined && (place.path === '' || !path?.startsWith(place.path))) return []
    const kind = modifier === '=' ? '=' : 'prefix'
    if (isFixed && !isFirst(`${kind} ${path}`)) return []
    const inside = isFixed && !isNamed ? (path as string) : ''
    return wrap(head, this.block(content, { marks: this.#mark(), path: inside }))
  }

  #mark(): string {
    this.#count++
    return `m${this.#count}`
  }
}

function wrap(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), '}']
}
