import { compareProbes, compareWithTrace, type Probed } from '../diagnose/compare.ts'
import type { Trace } from '../diagnose/trace.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { cut } from './excerpt.ts'
import { HANG, Page } from './page.ts'
import type { Display } from './report.ts'
import { escapeInJson } from './sanitize.ts'
import { styleFor } from './style.ts'
import { writeTrace } from './trace.ts'
import { traceObject } from './trace-json.ts'

/** What `ngxlint probe` found. */
export interface ProbeReport {
  readonly probed: Probed
  /** The backend, asked directly. */
  readonly direct: Probed | undefined
  /** What a configuration says of the same URL. */
  readonly trace: Trace | undefined
}

const SHOWN_HEADERS = 20
const SHOWN_BODY_LINES = 4

/** A probe for people. */
export function renderProbe({ probed, direct, trace }: ProbeReport, { cwd, width, hasColor }: Display): string {
  const page = new Page(width, styleFor(hasColor))
  writeAnswer(page, 'Probe', probed)
  writeMeaning(page, probed)
  if (direct) {
    writeAnswer(page, 'Compare', direct)
    page.heading('Between', compareProbes(probed, direct))
    if (!direct.reading.isOpen && direct.reading.cause !== probed.reading.cause) writeMeaning(page, direct)
  }
  if (trace) {
    page.rule('by the configuration')
    writeTrace(page, trace, cwd)
    page.heading('Side by side', compareWithTrace(probed, trace))
  }
  return page.toString()
}

function writeAnswer(page: Page, title: string, { result, reading }: Probed): void {
  const { question, connection, ms } = result
  page.heading(title, question.url.href)
  const tls = connection.tls
    ? `, ${connection.tls.version}${connection.tls.fault ? ` (certificate: ${connection.tls.fault})` : ''}`
    : ''
  if (connection.proxy)
    page.text(`through the proxy ${connection.proxy.href} (${connection.proxy.from})${tls}, ${Math.round(ms)} ms`, {
      indent: HANG,
    })
  else if (connection.address)
    page.text(`${connection.address} port ${question.url.port}${tls}, ${Math.round(ms)} ms`, { indent: HANG })
  if (result.kind === 'failure') {
    page.heading('No answer', `${result.failure.kind}: ${result.failure.detail}`)
    return
  }
  const { answer, opened } = result
  page.heading('Answer', decodeForDisplay(`HTTP/${answer.version} ${answer.status} ${answer.reason}`.trim()))
  for (const [name, value] of answer.headers.slice(0, SHOWN_HEADERS))
    page.line(decodeForDisplay(`${name}: ${value}`), HANG)
  const left = answer.headers.length - SHOWN_HEADERS
  if (left > 0) page.line(`… and ${left} more`, HANG)
  for (const line of bodyLines(answer.body)) page.line(`| ${decodeForDisplay(line)}`, HANG)
  if (opened?.pongMs !== undefined)
    page.line(`a ping was answered in ${Math.max(1, Math.round(opened.pongMs))} ms`, HANG)
  if (opened?.refusal !== undefined)
    for (const line of bodyLines(opened.refusal)) page.line(`then: ${decodeForDisplay(line)}`, HANG)
  for (const message of opened?.messages ?? []) page.line(`it says: ${decodeForDisplay(message)}`, HANG)
  if (reading.hops.length > 0)
    page.heading(
      'Hops',
      decodeForDisplay(reading.hops.map(({ name, sign }) => `${name} (${cut(sign, 60)})`).join(', ')),
    )
}

function bodyLines(body: string): string[] {
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.length > SHOWN_BODY_LINES ? [...lines.slice(0, SHOWN_BODY_LINES), '…'] : lines
}

function writeMeaning(page: Page, { reading }: Probed): void {
  const paint = page.style[reading.isOpen ? 'good' : 'error']
  page.blank()
  page.text(reading.means, { indent: 0, mark: 'Meaning'.padEnd(HANG - 1), paint })
  if (reading.advice.length === 0) return
  page.heading('To do')
  const widest = Math.max(...reading.advice.map(({ at }) => at.length))
  for (const { at, text, source } of reading.advice) {
    page.text(text, { indent: 2, mark: at.padEnd(widest), paint: page.style.info })
    page.line(source, 3 + widest, page.style.dim)
  }
}

/** What `ngxlint probe --json` prints; it only grows. */
export function probeJson({ probed, direct, trace }: ProbeReport, cwd: string): string {
  const object = {
    version: 1,
    ...probedObject(probed),
    compare: direct ? { ...probedObject(direct), between: compareProbes(probed, direct) } : null,
    trace: trace ? { ...traceObject(trace, cwd), sideBySide: compareWithTrace(probed, trace) } : null,
  }
  return `${escapeInJson(JSON.stringify(object))}\n`
}

function probedObject({ result, reading }: Probed): object {
  const { question, connection, ms } = result
  return {
    url: question.url.href,
    open: reading.isOpen,
    cause: reading.cause,
    means: reading.means,
    milliseconds: Math.round(ms),
    connection: {
      address: connection.address ?? null,
      tls: connection.tls ?? null,
      proxy: connection.proxy ?? null,
    },
    answer:
      result.kind === 'answer'
        ? {
            status: result.answer.status,
            reason: decodeForDisplay(result.answer.reason),
            headers: result.answer.headers.map(([name, value]) => [decodeForDisplay(name), decodeForDisplay(value)]),
            body: decodeForDisplay(result.answer.body),
          }
        : null,
    failure: result.kind === 'failure' ? result.failure : null,
    pongMilliseconds: result.kind === 'answer' ? (result.opened?.pongMs ?? null) : null,
    messages: result.kind === 'answer' ? (result.opened?.messages.map(decodeForDisplay) ?? []) : [],
    ended: result.kind === 'answer' ? (result.opened?.ended ?? null) : null,
    hops: reading.hops,
    advice: reading.advice,
  }
}
