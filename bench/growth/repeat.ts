import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parse, SourceFile, type Span, type Statement, type Word } from '../../src/syntax/index.ts'
import type { Random } from '../../test/fuzz/random.ts'

/** A text some of whose statements can be there as often as one likes. */
export interface Repeated {
  /** What is repeated, and which of its words get a number that tells the copies apart. */
  readonly name: string
  make(count: number): string
}

interface Part extends Span {
  readonly name: string
  make(count: number): string
}

/** Two or three statements of a text, or words of them, to be repeated; undefined where it has none. */
export function repeatSome(text: string, random: Random): Repeated | undefined {
  const all = withInner(parse(new SourceFile('/nginx.conf', text), nginxGrammar).statements)
  if (all.length === 0) return undefined
  const parts: Part[] = []
  for (let wanted = 2 + random.below(2); wanted > 0; wanted--) {
    const part = partOf(text, random.pick(all), random)
    if (!parts.some((other) => other.start < part.end && part.start < other.end)) parts.push(part)
  }
  // From behind, so that the places before stay where they are.
  parts.sort((one, other) => other.start - one.start)
  return {
    name: parts.map(({ name }) => name).join(' AND '),
    make: (count) =>
      parts.reduce((made, { start, end, make }) => made.slice(0, start) + make(count) + made.slice(end), text),
  }
}

function withInner(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((statement) => [statement, ...withInner(statement.children ?? [])])
}

function partOf(text: string, statement: Statement, random: Random): Part {
  const own = text.slice(statement.start, statement.end)
  const head = own.slice(0, 40).replaceAll(/\s+/g, ' ')
  const isOneWord = statement.children === undefined && statement.arguments.length > 0 && random.below(5) === 0
  if (isOneWord) {
    const word = random.pick(statement.arguments)
    const at = placeForNumber(word) - word.start
    return {
      start: word.start,
      end: word.end,
      name: `"${head}": the word ${word.raw}`,
      make: (count) => copies(count, (number) => numbered(word.raw, [at], number)).join(' '),
    }
  }
  const words = [statement, ...withInner(statement.children ?? [])].flatMap((one, index) =>
    numberedWord(one, index, random),
  )
  const places = words.map((word) => placeForNumber(word) - statement.start).sort((one, other) => other - one)
  return {
    start: statement.start,
    end: statement.end,
    name: `"${head}"${words.length > 0 ? `, numbered at ${words.map(({ raw }) => raw).join(' ')}` : ''}`,
    make: (count) => copies(count, (number) => numbered(own, places, number)).join('\n'),
  }
}

/** The word that differs from copy to copy, in most copies of the whole and in some of what stands within. */
function numberedWord(statement: Statement, index: number, random: Random): Word[] {
  if (statement.arguments.length === 0 || random.below(5) >= (index === 0 ? 4 : 2)) return []
  return [random.pick(statement.arguments)]
}

function placeForNumber({ end, quote }: Word): number {
  return quote ? end - 1 : end
}

/** @param places the last one first */
function numbered(text: string, places: readonly number[], number: number): string {
  return places.reduce((made, at) => made.slice(0, at) + number + made.slice(at), text)
}

function copies(count: number, make: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, number) => make(number))
}
