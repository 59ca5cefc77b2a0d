/** What a directive does with the header that it names. */
export type NamedHeader = 'sent' | 'sent over HTTP/2' | 'shown' | 'looked for'

/** Directives whose first argument is the name of a header. */
export const namesHeader: ReadonlyMap<string, NamedHeader> = new Map<string, NamedHeader>([
  ['proxy_set_header', 'sent'],
  ['grpc_set_header', 'sent over HTTP/2'],
  ['add_header', 'shown'],
  ['add_trailer', 'shown'],
  ...['proxy', 'fastcgi', 'grpc', 'scgi', 'uwsgi'].flatMap((protocol) =>
    ['hide', 'pass'].map((verb) => [`${protocol}_${verb}_header`, 'looked for'] as const),
  ),
])

/**
 * A header's name as whoever receives it reads it. People copy the colon from HTTP; to nginx it is a letter, so that
 * `Upgrade:` is another header to it than `Upgrade`, and `Upgrade:: websocket` is sent.
 */
export function headerName(written: string): string {
  return hasColon(written) ? written.slice(0, endOfName(written)) : written
}

/** Whether a header's name is written with a colon behind it. */
export function hasColon(written: string): boolean {
  return written.endsWith(':') || (written.endsWith(' ') && written.trimEnd().endsWith(':'))
}

/** The value of a header as whoever receives it reads it: a colon behind the name becomes a part of it. */
export function headerValue(written: string, value: string): string {
  return hasColon(written) ? `: ${value}` : value
}

function endOfName(written: string): number {
  let end = written.length
  while (end > 0 && ': \t'.includes(written[end - 1] as string)) end--
  return end
}

/** A list of named rows that a level of its own replaces as a whole, where people expect it to be added to. */
export interface RowDirective {
  readonly name: string
  /** Hands requests over; without it the rows have no effect. Undefined for rows of the response. */
  readonly pass: string | undefined
  /** How it can be told to take the outer rows as well. */
  readonly inherit?: string
  /** Whether the names of rows are compared without case. */
  readonly ignoresCase: boolean
}

const protocols = ['proxy', 'fastcgi', 'grpc', 'scgi', 'uwsgi']

/**
 * The directives whose lost rows are rarely meant to be lost. Of the others in `inheritedTogether` (`access_log`, `index`,
 * `error_page`, `allow`, `types`, …) people set one to be rid of the outer ones.
 */
export const rowDirectives: readonly RowDirective[] = [
  { name: 'add_header', pass: undefined, inherit: 'add_header_inherit', ignoresCase: true },
  { name: 'add_trailer', pass: undefined, inherit: 'add_trailer_inherit', ignoresCase: true },
  { name: 'proxy_set_header', pass: 'proxy_pass', ignoresCase: true },
  { name: 'grpc_set_header', pass: 'grpc_pass', ignoresCase: true },
  ...['fastcgi', 'scgi', 'uwsgi'].map((protocol) => ({
    name: `${protocol}_param`,
    pass: `${protocol}_pass`,
    ignoresCase: false,
  })),
  ...protocols.map((protocol) => ({ name: `${protocol}_hide_header`, pass: `${protocol}_pass`, ignoresCase: true })),
]
