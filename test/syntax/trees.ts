import {
  decodeForDisplay,
  encodeFromDisplay,
  type Grammar,
  type GrammarEntry,
  parse,
  SourceFile,
  type Statement,
  type SyntaxTree,
  walkStatements,
} from '../../src/syntax/index.ts'

/** Ordinary text, of which the tree holds the UTF-8. */
export function treeOf(text: string, grammar: Grammar = smallGrammar): SyntaxTree {
  return parse(new SourceFile('test.conf', encodeFromDisplay(text)), grammar)
}

/** The first statement of this name. */
export function find(tree: SyntaxTree, name: string): Statement {
  for (const statement of walkStatements(tree.statements)) if (statement.name === name) return statement
  throw new Error(`no statement "${name}"`)
}

/** The statements as one line: `server { listen 80; root /x! }`, with `!` for an ending that is not there. */
export function outline(statements: readonly Statement[]): string {
  return statements
    .map((statement) => {
      const head = decodeForDisplay(statement.words.map((word) => word.raw).join(' '))
      const missing = statement.isTerminated ? '' : '!'
      if (!statement.children) return `${head}${missing || ';'}`
      const inner = outline(statement.children)
      return `${head} {${inner && ` ${inner}`} }${missing}`
    })
    .join(' ')
}

/** Every problem as `line:column message`. */
export function problemsOf(tree: SyntaxTree): string[] {
  return tree.problems.map((problem) => `${positionOf(tree, problem.start)} ${problem.message}`)
}

export function positionOf(tree: SyntaxTree, offset: number): string {
  const { line, column } = tree.source.positionAt(offset)
  return `${line}:${column}`
}

const statement = (...counts: number[]): GrammarEntry => ({
  content: 'directives',
  block: 'never',
  accepts: (count, ending) => ending === ';' && (counts.length === 0 ? count > 0 : counts.includes(count)),
})
const block = (counts: number[], more: Partial<GrammarEntry> = {}): GrammarEntry => ({
  content: 'directives',
  block: 'always',
  accepts: (count, ending) => ending === '{' && counts.includes(count),
  ...more,
})
const serverBlock = block([0])
const serverAddress = { ...statement(), takesWord: (word: string) => word === 'backup' }

const entries = new Map<string, GrammarEntry>([
  ['http', block([0])],
  ['events', block([0])],
  ['location', block([1, 2])],
  ['if', block([1, 2, 3, 4])],
  ['upstream', block([1])],
  ['map', block([2], { content: 'rows', rowLength: 2 })],
  ['geo', block([1, 2], { content: 'rows', rowLength: 2 })],
  ['types', block([0], { content: 'rows' })],
  ['content_by_lua_block', block([0], { content: 'raw' })],
  ['root', statement(1)],
  ['return', statement(1, 2)],
  ['proxy_pass', statement(1)],
  ['proxy_set_header', statement(2)],
  ['add_header', statement(2, 3)],
  ['set', statement(2)],
  ['listen', { ...statement(), takesWord: (word) => word === 'ssl' }],
  ['ssl', statement(1)],
  ['server_name', statement()],
  ['include', statement(1)],
  [
    'server',
    {
      content: 'directives',
      block: 'either',
      accepts: (count, ending) => serverBlock.accepts(count, ending) || serverAddress.accepts(count, ending),
      takesWord: serverAddress.takesWord,
      within: new Map([
        ['http', serverBlock],
        ['upstream', serverAddress],
      ]),
    },
  ],
])

/** As much of nginx as these tests need. */
export const smallGrammar: Grammar = { entry: (name) => entries.get(name) }
