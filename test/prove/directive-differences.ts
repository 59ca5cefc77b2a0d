import type { CaseKind } from './directive-cases.ts'

/** Where ngxlint and nginx are known to differ, and why. */
export interface KnownDifference {
  readonly name: RegExp
  readonly kind?: CaseKind
  readonly because: string
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: /^max_errors$/,
    because: "Debian took it over into 1.18.0 with a security fix; the table goes by nginx's releases",
  },
  {
    name: /^max_headers$/,
    because: "Debian took it over into 1.22.1 and 1.26.3 with a security fix; the table goes by nginx's releases",
  },
  {
    name: /^hls(?:_fragment)?$/,
    because: 'the name belongs to a module of NGINX Plus and to nginx-rtmp, in other contexts each',
  },
  {
    name: /^nchan_/,
    because: 'the table does not say of most of its directives whether they may be repeated; ngxlint is silent then',
  },
]
