import { NginxParser, type NginxParser as Parser } from 'nginx-conf'
import { nginxGrammar } from '../nginx/grammar.ts'
import { countWhile, parse, SourceFile, type Statement, walkStatements } from '../syntax/index.ts'
import type { FileChange } from './fix-configuration.ts'

/**
 * What another parser makes of a fix: npm's nginx-conf, which shares no line with ours. The directives in which the
 * new text differs for it must be exactly those that the edits touch.
 */
export type Opinion =
  | { readonly verdict: 'agrees' }
  /** It can't read the old text, or reads it otherwise than we do, so that it can't tell. */
  | { readonly verdict: 'abstains'; readonly reason: string }
  | { readonly verdict: 'objects'; readonly reason: string }

/** nginx-conf reads some 40 MB in a second. */
const SIZE_LIMIT = 8 * 1024 * 1024

export function secondOpinion({ oldText, newText, history }: FileChange): Opinion {
  const old = readWithNginxConf(oldText)
  if ('reason' in old) return { verdict: 'abstains', reason: old.reason }
  const ours = readWithOurs(oldText)
  const strange = firstDifference(old.rows, rowsOf(ours))
  if (strange !== undefined) return { verdict: 'abstains', reason: `it reads the old text otherwise: ${strange}` }

  if (newText.length > SIZE_LIMIT) return { verdict: 'abstains', reason: 'the fixed file is too large' }
  const fresh = readWithNginxConf(newText)
  if ('reason' in fresh) return { verdict: 'objects', reason: `it can't read the new text: ${fresh.reason}` }
  // Both parsers read the old text alike, so our spans are those of its directives, too.
  const kept = history.kept(oldText.length)
  const isKeptHead = ({ head }: Statement) => isIn(kept, head.start, head.end)
  // A `;` that is put between its words makes two whole ones of a directive.
  const parted = ours.filter((statement) => !isKeptHead(statement)).map(({ head }) => head)
  const oursNow = readWithOurs(newText)
  const keptNow = kept.map(({ start, end }) => ({
    start: history.current(start),
    end: history.current(start) + end - start,
  }))
  const isKept = oursNow.map(({ head }) => {
    const before = history.originalSpan(head)
    return isIn(keptNow, head.start, head.end) && !isIn(parted, before.start, before.end)
  })
  // A `;` that is taken out from between its words makes one directive of two.
  const joining = oursNow.filter((_, index) => !isKept[index]).map(({ head }) => head)
  const isJoined = ({ head }: Statement) =>
    isIn(joining, history.current(head.start), history.current(head.end - 1) + 1)
  const expected = rowsOf(ours.filter((statement) => isKeptHead(statement) && !isJoined(statement)))
  const misread = firstDifference(fresh.rows, rowsOf(oursNow))
  if (misread !== undefined) return { verdict: 'objects', reason: `it reads the new text otherwise: ${misread}` }
  const unmeant = firstDifference(
    fresh.rows.filter((_, index) => isKept[index]),
    expected,
  )
  if (unmeant !== undefined) return { verdict: 'objects', reason: `a directive changed that no fix is for: ${unmeant}` }
  return { verdict: 'agrees' }
}

interface ReadSpan {
  readonly start: number
  readonly end: number
}

/** @param spans in order, none overlapping */
function isIn(spans: readonly ReadSpan[], start: number, end: number): boolean {
  const span = spans[countWhile(spans.length, (index) => (spans[index] as ReadSpan).end < end)]
  return span !== undefined && span.start <= start && end <= span.end
}

/** A directive as both parsers see it: how deep it stands, its words as written, and whether it has a block. */
type Row = string

function readWithOurs(text: string): Statement[] {
  return [...walkStatements(parse(new SourceFile('', text), nginxGrammar).statements)]
}

function rowsOf(statements: readonly Statement[]): Row[] {
  const depths = new Map<Statement | undefined, number>([[undefined, -1]])
  return statements.map((statement) => {
    const depth = depthOf(statement, depths)
    const words = statement.words.map(({ raw }) => raw)
    return row(depth, words, statement.body !== undefined)
  })
}

function depthOf(statement: Statement, depths: Map<Statement | undefined, number>): number {
  let depth = 0
  for (let at = statement.parent; at; at = at.parent) {
    const known = depths.get(at)
    if (known !== undefined) {
      depth += known + 1
      break
    }
    depth++
  }
  depths.set(statement, depth)
  return depth
}

function row(depth: number, words: readonly string[], hasBlock: boolean): Row {
  return `${depth} ${words.join(' ')}${hasBlock ? ' {' : ';'}`
}

type Node = NonNullable<Parameters<NonNullable<Parameters<Parser['parse']>[1]>>[1]>

/**
 * nginx-conf's reader takes a step forward each time it looks at a byte, but for one case: a comment with a CR that
 * no LF follows, where it finds the same comment again and again until memory is full. So such a text is not given to
 * it, nor is one too large to be read in a moment; with that, it needs no watching over.
 */
function readWithNginxConf(text: string): { readonly rows: Row[] } | { readonly reason: string } {
  if (text.length > SIZE_LIMIT) return { reason: 'the file is too large' }
  if (/\r(?!\n)/.test(text)) return { reason: 'nginx-conf never comes to an end with a CR alone' }
  try {
    return { rows: nodeRows(treeOf(text)) }
  } catch (error) {
    // What it refuses; a `}` too many; a chain of `${a}${b}…` longer than its stack.
    return { reason: (error as Error).message }
  }
}

function treeOf(text: string): Node {
  let root: Node | undefined
  let failure: string | undefined
  new NginxParser().parse(text, (error, tree) => {
    failure = error?.message
    root = tree
  })
  if (!root || failure !== undefined) throw new Error(failure ?? 'no tree')
  return root
}

function nodeRows(root: Node): Row[] {
  const rows: Row[] = []
  const pending = childrenOf(root)
    .map((node) => ({ node, depth: 0 }))
    .reverse()
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next
    const isBlock = node.isBlock || node.isVerbatim
    // The value of a Lua block is its code.
    const value = node.isVerbatim ? '' : node.value
    rows.push(row(depth, [...splitWords(node.name), ...splitWords(value)], isBlock))
    for (const child of childrenOf(node).reverse()) pending.push({ node: child, depth: depth + 1 })
  }
  return rows
}

function childrenOf(node: Node): Node[] {
  return [...(node.children ?? [])]
}

/** nginx-conf keeps arguments as one text: at blanks outside of quotes, they part. */
function splitWords(value: string): string[] {
  return value.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s\\])+/gs) ?? []
}

function firstDifference(theirs: readonly Row[], ours: readonly Row[]): string | undefined {
  for (let index = 0; index < Math.max(theirs.length, ours.length); index++) {
    const [one, other] = [theirs[index], ours[index]]
    if (one !== other) return `${show(one)}, where we read ${show(other)}`
  }
  return undefined
}

function show(found: Row | undefined): string {
  if (found === undefined) return 'nothing'
  const [depth = ''] = found.split(' ', 1)
  return `"${found.slice(depth.length + 1).slice(0, 80)}" (${depth} blocks deep)`
}
