import type { Failure } from './probe-result.ts'

const KINDS: Readonly<Record<string, Failure['kind']>> = {
  ENOTFOUND: 'no name',
  EAI_AGAIN: 'no name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EACCES: 'unreachable',
  ETIMEDOUT: 'connect timeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'client certificate',
}

/** The codes of OpenSSL's verdicts on certificates, which Node hands on. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH/

/** What an error of a socket means. */
export function failureOf(error: NodeJS.ErrnoException, isConnected: boolean): Failure {
  const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error
  const { code = '' } = inner
  const known = KINDS[code]
  const kind: Failure['kind'] =
    known ??
    (CERTIFICATE.test(code)
      ? 'certificate'
      : /^ERR_SSL|^EPROTO/.test(code)
        ? 'tls'
        : isConnected
          ? 'closed'
          : 'unreachable')
  return { kind, detail: inWords(inner.message) }
}

/** OpenSSL's errors are lists: number, code, library, function, reason, file, line. */
function inWords(message: string): string {
  const line = message.split('\n')[0] ?? ''
  return /^[\dA-F]+:error:[^:]*:[^:]*:[^:]*:([^:]+)/.exec(line)?.[1] ?? line
}
