/** What stands between the braces of a block. */
export type Content =
  | 'directives'
  /** `key value;` rows, where nginx refuses a block (`map`, `geo`, `types`, …). */
  | 'rows'
  /** Code of another language, up to the brace that balances (`content_by_lua_block`). */
  | 'raw'

/** What the parser needs to know of one directive. */
export interface GrammarEntry {
  readonly content: Content
  /** Whether it takes a block in every, no or only some of its contexts. */
  readonly block: 'always' | 'never' | 'either'
  /** Words in each row of its block, where that number is fixed (2 in `map`). */
  readonly rowLength?: number
  /** What it is in the blocks of these names, where it is not the same everywhere (`server` in `upstream`). */
  readonly within?: ReadonlyMap<string, GrammarEntry>
  /** Whether some context takes it with so many arguments, ended so. */
  accepts(argumentCount: number, ending: ';' | '{'): boolean
  /** Whether nginx may take a word behind its first argument; undefined where it takes any. */
  takesWord?(word: string): boolean
}

/**
 * The parser itself knows no directive; this tells it what it needs of the language: which blocks hold no directives,
 * and what makes a forgotten `;` certain.
 */
export interface Grammar {
  entry(name: string): GrammarEntry | undefined
}

/** A grammar without any directive: tokens and braces only. */
export const bareGrammar: Grammar = { entry: () => undefined }
