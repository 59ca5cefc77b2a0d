/** A reason for our first problem to stand in another place than the one that nginx names. */
export interface DeliberateDifference {
  readonly name: string
  readonly because: string
  readonly ours: RegExp
  /** What nginx says of it further on. */
  readonly nginx: RegExp
}

export const UNCLOSED_BLOCK = 'unclosed block'

/** Before that place. */
export const BEFORE: readonly DeliberateDifference[] = [
  {
    name: 'forgotten ";"',
    because:
      'it belongs at the end of the statement; nginx reads on up to the next ";", "{", "}" or the end of the file',
    ours: /missing ";" after/,
    nginx: /^unexpected (?:"[{}]"|end of file, expecting ";")|is not terminated by ";"/,
  },
  {
    name: 'no directive',
    because: 'the words are what should not be there; nginx reads on up to the next "}" or the end of the file',
    ours: /is no directive; remove it/,
    nginx: /^unexpected (?:"}"|end of file, expecting ";")/,
  },
  {
    name: 'forgotten "{"',
    because: 'it belongs behind the head; nginx reads on up to the next ";", "{", "}" or the end of the file',
    ours: /missing "\{" after/,
    nginx: /has no opening "\{"/,
  },
  {
    name: 'head without its block',
    because: 'the head is what lacks the block; nginx names the line on which it gives up',
    ours: /has no block$|has no opening "\{"$/,
    nginx: /has no opening "\{"|^unexpected (?:"}"|end of file)/,
  },
  {
    name: '"{" behind "$"',
    because: 'the word that swallowed the brace is what is wrong; nginx reads on up to the next ";", "{" or "}"',
    ours: /is read as a part of .*, and opens no block/,
    nginx: /has no opening "\{"|^unexpected (?:"}"|end of file)|is not terminated by ";"/,
  },
  {
    name: UNCLOSED_BLOCK,
    because:
      'the opening brace is what lacks the other; nginx notices at the end of the file, or at what cannot stand there',
    ours: /missing "}" for/,
    nginx:
      /^unexpected (?:end of file, expecting "}"|"\{")|is not terminated by ";"|directive is not allowed here|^unknown directive|^invalid number of the map/,
  },
  {
    name: 'unclosed quote',
    because: 'the opening quote is what lacks the other; nginx takes all up to the next quote for one word',
    ours: /missing closing ["']/,
    nginx: /./,
  },
  {
    name: 'regex without quotes',
    because: 'the word is what lacks quotes; nginx takes what stands in its braces for a directive',
    ours: /opens a block: put the word in quotes/,
    nginx: /^unknown directive|is not terminated by ";"|^unexpected/,
  },
]

/** Behind it. */
export const BEHIND: readonly DeliberateDifference[] = [
  {
    name: 'servers outside of any block, and a "}" too many',
    because: 'they may be those of an upstream; nginx knows where the file is included, a parser of this file does not',
    ours: /^unexpected "}": no block is open/,
    nginx: /^directive "server" has no opening "\{"/,
  },
]
