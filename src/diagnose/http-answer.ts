import type { Header } from '../effective/index.ts'

/** An answer as it came, one char per byte. */
export interface HttpAnswer {
  /** `1.1` */
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly headers: readonly Header[]
  /** The beginning of the body. */
  readonly body: string
}

/** What may be read of an answer before it is given up. */
export const HEAD_LIMIT = 16 * 1024
export const BODY_LIMIT = 4 * 1024

export interface AnswerHead extends Omit<HttpAnswer, 'body'> {
  /** What came after the head. */
  readonly rest: string
}

/** Reads the head of an answer: undefined while it has not come whole, `not http` where it never will. */
export function readHead(bytes: string): AnswerHead | undefined | 'not http' {
  if (!'HTTP/1.'.startsWith(bytes.slice(0, 7))) return 'not http'
  // Some servers end lines with a bare LF.
  const end = /\r?\n\r?\n/.exec(bytes)
  if (!end) return undefined
  const [line = '', ...rows] = bytes.slice(0, end.index).split(/\r?\n/)
  const [, version = '', status = '', reason = ''] = /^HTTP\/(1\.\d) (\d{3})(?: (.*))?$/.exec(line) ?? []
  if (version === '') return 'not http'
  const headers = rows.flatMap((row): Header[] => {
    const colon = row.indexOf(':')
    return colon < 1 ? [] : [[row.slice(0, colon), row.slice(colon + 1).trim()]]
  })
  const rest = bytes.slice(end.index + end[0].length)
  // What comes before the answer proper: 100 Continue, 103 Early Hints.
  if (/^10[0234]$/.test(status)) return rest === '' ? undefined : readHead(rest)
  return { version, status: Number(status), reason, headers, rest }
}

/** The body in what came after a head, and whether that is all of it. */
export function readBody({ status, headers, rest }: AnswerHead): { readonly body: string; readonly isWhole: boolean } {
  if (status === 204 || status === 304) return { body: '', isWhole: true }
  if (/\bchunked\b/i.test(headerOf(headers, 'Transfer-Encoding') ?? '')) return readChunks(rest)
  const length = Number(headerOf(headers, 'Content-Length') ?? Number.NaN)
  return { body: rest.slice(0, BODY_LIMIT), isWhole: rest.length >= BODY_LIMIT || rest.length >= length }
}

function readChunks(bytes: string): { body: string; isWhole: boolean } {
  let body = ''
  for (let at = 0; ; ) {
    const line = /^([\da-f]+)[^\r\n]*\r?\n/i.exec(bytes.slice(at, at + 64))
    if (!line || body.length >= BODY_LIMIT)
      return { body: body.slice(0, BODY_LIMIT), isWhole: body.length >= BODY_LIMIT }
    const size = Number.parseInt(line[1] as string, 16)
    if (size === 0) return { body, isWhole: true }
    const start = at + line[0].length
    body += bytes.slice(start, start + size)
    at = start + size + 2
  }
}

/** The values of a header, joined; undefined where it was not sent. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}
