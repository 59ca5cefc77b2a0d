/**
 * The end of Lua code that stands in braces: the offset of the `}` that balances the `{` before `start`, or the end
 * of the text. Braces in Lua's strings, long brackets and comments do not count
 * (https://www.lua.org/manual/5.1/manual.html#2.1).
 */
export function endOfLua(text: string, start: number): number {
  const interesting = /[{}"']|--|\[=*\[/g
  interesting.lastIndex = start
  let depth = 1
  for (let match = interesting.exec(text); match; match = interesting.exec(text)) {
    const found = match[0]
    if (found === '{') depth++
    else if (found === '}') {
      depth--
      if (depth === 0) return match.index
    } else if (found === '"' || found === "'") interesting.lastIndex = endOfLuaString(text, match.index)
    else if (found === '--') interesting.lastIndex = endOfLuaComment(text, interesting.lastIndex)
    else interesting.lastIndex = endOfLongBracket(text, match.index, found.length)
  }
  return text.length
}

function endOfLuaString(text: string, start: number): number {
  const quote = text[start]
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote || text[at] === '\n') return at + 1
  }
  return text.length
}

function endOfLuaComment(text: string, start: number): number {
  const opening = /\[=*\[/y
  opening.lastIndex = start
  const long = opening.exec(text)
  if (long) return endOfLongBracket(text, start, long[0].length)
  const lineFeed = text.indexOf('\n', start)
  return lineFeed === -1 ? text.length : lineFeed
}

function endOfLongBracket(text: string, start: number, length: number): number {
  const closing = `]${'='.repeat(length - 2)}]`
  const end = text.indexOf(closing, start + length)
  return end === -1 ? text.length : end + length
}
