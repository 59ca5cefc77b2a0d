/** Where our problem deliberately stands before nginx's, or is found where nginx has another reason. */

export interface DeliberateDifference {
  readonly name: string
  readonly because: string
  readonly ours: RegExp
  /** What nginx says of it further on: while it reads tokens, or of what a directive says. Undefined: nothing ever. */
  readonly syntax: RegExp | undefined
  readonly other: RegExp | undefined
}

export const DELIBERATE: readonly DeliberateDifference[] = [
  {
    name: 'forgotten ";"',
    because:
      'it belongs at the end of the statement; nginx reads on up to the next ";", "{", "}" or the end of the file',
    ours: /missing ";" after/,
    syntax: /^unexpected (?:"[{}]"|end of file, expecting ";")|is not terminated by ";"/,
    other: /^invalid number of (?:arguments|the map parameters)|^invalid parameter/,
  },
  {
    name: 'forgotten "{"',
    because: 'it belongs behind the head; nginx reads on up to the next ";", "{", "}" or the end of the file',
    ours: /missing "\{" after/,
    syntax: /has no opening "\{"/,
    other: /^invalid number of arguments/,
  },
  {
    name: 'head without its block',
    because: 'the head is what lacks the block; nginx counts lines to where it gives up',
    ours: /has no block$|has no opening "\{"$/,
    syntax: /has no opening "\{"|^unexpected (?:"}"|end of file)/,
    other: undefined,
  },
  {
    name: 'unclosed block',
    because: 'the opening brace is what lacks the other; nginx notices at the end of the file',
    ours: /missing "}" for/,
    syntax: /^unexpected end of file, expecting "}"/,
    other: undefined,
  },
  {
    name: 'unclosed quote',
    because: 'the opening quote is what lacks the other; nginx takes all up to the next quote for one word',
    ours: /missing closing ["']/,
    syntax: /./,
    other: /./,
  },
  {
    name: 'regex without quotes',
    because: 'its braces are no block; nginx takes what stands in them for a directive',
    ours: /opens a block: put the word in quotes/,
    syntax: undefined,
    other: /^unknown directive/,
  },
]
