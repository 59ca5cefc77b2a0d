import type { Directive } from '../config/index.ts'
import { bytesOfSize } from '../nginx/quantities.ts'
import { inherited } from './inheritance.ts'
import type { Scope } from './scope.ts'

/** The modules that read answers into buffers of this kind. */
export const BUFFERING = ['proxy', 'fastcgi', 'uwsgi', 'scgi'] as const
export type Buffering = (typeof BUFFERING)[number]

/** What is wrong with the buffers of a level: nginx compares their sizes with each other (ngx_http_proxy_merge_loc_conf). */
export interface BufferFault {
  readonly kind: 'too few' | 'busy too small' | 'busy too large' | 'writes too small' | 'files too small'
  /** The sizes in question: what is wrong, and what it is measured by. */
  readonly size: number
  readonly bound: number
  /** The larger of a buffer and the one for the head of an answer. */
  readonly largest: number
  /** What says the sizes, of this level or around; one is there at least. */
  readonly from: readonly Directive[]
  /** Whether "busy" follows from the other sizes. */
  readonly isImplied: boolean
  /** Whether it is so with pages of every size: these are the sizes of what nobody sets. */
  readonly isCertain: boolean
}

/** Of machines, the most usual first. */
const PAGES = [4096, 16_384, 65_536] as const

/** The settings, behind `proxy_` and so on. */
export const BUFFER_SETTINGS = [
  'buffer_size',
  'buffers',
  'busy_buffers_size',
  'temp_file_write_size',
  'max_temp_file_size',
] as const

export function bufferFault(scope: Scope, kind: Buffering): BufferFault | undefined {
  const set = BUFFER_SETTINGS.map((name) => inherited(scope, `${kind}_${name}`).directives.at(-1))
  const faults = PAGES.map((page) => faultWith(set, page))
  const [first] = faults
  return first && { ...first, isCertain: faults.every((fault) => fault?.kind === first.kind) }
}

type Settings = readonly (Directive | undefined)[]

function faultWith(set: Settings, page: number): Omit<BufferFault, 'isCertain'> | undefined {
  const [ofHead, ofBuffers, ofBusy, ofWrites, ofFiles] = set
  const count = ofBuffers ? Number(ofBuffers.argument(0)) : 8
  const each = sizeOf(ofBuffers, 1) ?? page
  const largest = Math.max(sizeOf(ofHead) ?? page, each)
  const busy = sizeOf(ofBusy) ?? 2 * largest
  const writes = sizeOf(ofWrites) ?? 2 * largest
  const files = sizeOf(ofFiles) ?? 2 ** 30
  const shared = { largest, isImplied: !ofBusy }
  const of = (...directives: Settings) => directives.flatMap((directive) => directive ?? [])
  if (!Number.isInteger(count)) return undefined
  if (count < 2) return { ...shared, kind: 'too few', size: count, bound: 2, from: of(ofBuffers) }
  const ofBusySize = of(ofBusy, ofHead, ofBuffers)
  if (busy < largest) return { ...shared, kind: 'busy too small', size: busy, bound: largest, from: ofBusySize }
  const bound = (count - 1) * each
  if (busy > bound) return { ...shared, kind: 'busy too large', size: busy, bound, from: ofBusySize }
  if (writes < largest)
    return { ...shared, kind: 'writes too small', size: writes, bound: largest, from: of(ofWrites, ofHead, ofBuffers) }
  if (files !== 0 && files < largest)
    return { ...shared, kind: 'files too small', size: files, bound: largest, from: of(ofFiles, ofHead, ofBuffers) }
  return undefined
}

/** Undefined where it is not set, or is no size. */
function sizeOf(directive: Directive | undefined, index = 0): number | undefined {
  return bytesOfSize(directive?.argument(index) ?? '')
}
