/** A frame of a WebSocket: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export interface Frame {
  readonly opcode: number
  readonly payload: Uint8Array
}

export const TEXT = 1
export const CLOSE = 8
export const PING = 9
export const PONG = 10

/** A short frame as a client sends it, masked. */
export function clientFrame(opcode: number, payload: Uint8Array, mask: Uint8Array): Uint8Array {
  if (payload.length > 125 || mask.length !== 4) throw new RangeError('a control frame has 125 bytes at most')
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] as number))
  return Uint8Array.from([0x80 | opcode, 0x80 | payload.length, ...mask, ...masked])
}

/** The whole frames that a server's bytes begin with, and how many bytes they take. */
export function readFrames(bytes: Uint8Array): { readonly frames: readonly Frame[]; readonly length: number } {
  const frames: Frame[] = []
  let at = 0
  for (;;) {
    const [first, second] = [bytes[at], bytes[at + 1]]
    if (first === undefined || second === undefined) return { frames, length: at }
    const short = second & 0x7f
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0
    const isMasked = (second & 0x80) !== 0
    const start = at + 2 + extra + (isMasked ? 4 : 0)
    if (bytes.length < start) return { frames, length: at }
    const size = extra === 0 ? short : bytes.slice(at + 2, at + 2 + extra).reduce((sum, byte) => sum * 256 + byte, 0)
    if (bytes.length < start + size) return { frames, length: at }
    frames.push({ opcode: first & 0x0f, payload: bytes.slice(start, start + size) })
    at = start + size
  }
}
