import { CLOSE_BRACE, endOfBlanks, endOfComment, HASH, isBlank } from './scan.ts'
import type { Span } from './source.ts'
import type { StatementTable } from './statements.ts'
import { TokenKind, TokenTable } from './token.ts'
import type { WordingTable } from './wording.ts'

/** What a tree knows without them. */
interface ReadText {
  readonly text: string
  readonly table: StatementTable
  readonly wordings: WordingTable
  readonly raw: readonly Span[]
}

/** The tokens of a file that has been read: those of its statements, which their wordings tell, and what is between them. */
export function tokensOf({ text, table, wordings, raw }: ReadText): TokenTable {
  const tokens = new TokenTable(Math.ceil(text.length / 5) + 16)
  let nextRaw = 0
  let at = 0

  /** Blanks, comments, braces that close, semicolons too many, and what is raw. */
  function pushUpTo(end: number): void {
    while (at < end) {
      const code = text.charCodeAt(at)
      if (raw[nextRaw]?.start === at) push(TokenKind.Raw, raw[nextRaw++]?.end as number)
      else if (isBlank(code)) push(TokenKind.Blank, endOfBlanks(text, at))
      else if (code === HASH) push(TokenKind.Comment, endOfComment(text, at))
      else push(code === CLOSE_BRACE ? TokenKind.Close : TokenKind.Semicolon, at + 1)
    }
  }

  function push(kind: TokenKind, end: number): void {
    tokens.push(kind, end)
    at = end
  }

  for (let index = 0; index < table.length; index++) {
    const start = table.start(index)
    const wording = table.wording(index)
    pushUpTo(start)
    wordings.pushTokens(wording, tokens, start)
    at = start + wordings.byteLength(wording)
  }
  pushUpTo(text.length)
  return tokens
}
