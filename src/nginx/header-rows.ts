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
