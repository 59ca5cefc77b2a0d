/** Mutations of a text at the level of its tokens, as fast-check makes and shrinks them. */
import fc from 'fast-check'

export interface Mutation {
  readonly kind: 'drop' | 'double' | 'swap' | 'insert' | 'insert within' | 'stretch'
  /** Which token; counted round. */
  readonly at: number
  /** Which other token, or how far into it. */
  readonly to: number
  readonly bytes: string
}

/**
 * Pieces as small as a mutation can tell apart: every byte that means something stands alone. Written down without any
 * regard to what nginx or our parser takes for a token.
 */
const PIECES = /[ \t\r\n]+|[;{}"'\\#$]|[^ \t\r\n;{}"'\\#$]+/g

const BYTES = [';', '{', '}', '"', "'", '\\', '#', '$', '${', '\0', '\x01', '\x07', '\x0b', '\x0c', '\x1b', '\x7f']
const BLANKS = [' ', '\t', '\r', '\n', '\r\n']

const MEANINGFUL = /[;{}"'\\#$]/

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('drop', 'insert') },
    { weight: 2, arbitrary: fc.constantFrom('double', 'swap', 'insert within') },
    { weight: 1, arbitrary: fc.constant('stretch') },
  ) as fc.Arbitrary<Mutation['kind']>,
  at: fc.nat(),
  to: fc.nat(),
  bytes: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...BYTES) },
    { weight: 1, arbitrary: fc.constantFrom(...BLANKS) },
  ),
})

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 2 })

export function mutate(text: string, wanted: readonly Mutation[]): string {
  return wanted.reduce(mutateOnce, text)
}

function mutateOnce(text: string, { kind, at, to, bytes }: Mutation): string {
  const pieces = text.match(PIECES) ?? []
  if (pieces.length === 0) return bytes
  // Every second one is at a byte that means something, of which there are fewer than words and blanks.
  const meaningful = pieces.flatMap((piece, key) => (MEANINGFUL.test(piece) ? key : []))
  const indexes = at % 2 === 0 || meaningful.length === 0 ? [...pieces.keys()] : meaningful
  const index = indexes[(at >> 1) % indexes.length] as number
  const piece = pieces[index] as string
  switch (kind) {
    case 'drop':
      return joined(pieces, index, '')
    case 'double':
      return joined(pieces, index, piece + piece)
    case 'insert':
      return joined(pieces, index, bytes + piece)
    case 'insert within': {
      const inside = to % (piece.length + 1)
      return joined(pieces, index, piece.slice(0, inside) + bytes + piece.slice(inside))
    }
    case 'swap': {
      // With a neighbour more often than with a far one.
      const other = to % 3 === 0 ? to % pieces.length : Math.min(index + 1 + (to % 2), pieces.length - 1)
      const swapped = [...pieces]
      swapped[index] = pieces[other] as string
      swapped[other] = piece
      return swapped.join('')
    }
    case 'stretch':
      // Around the size of nginx's buffer.
      return joined(
        pieces,
        index,
        piece.repeat(Math.ceil((4085 + (to % 20)) / piece.length)).slice(0, 4085 + (to % 20)),
      )
  }
}

function joined(pieces: readonly string[], index: number, replacement: string): string {
  return [...pieces.slice(0, index), replacement, ...pieces.slice(index + 1)].join('')
}
