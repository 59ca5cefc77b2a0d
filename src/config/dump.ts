import { decodeForDisplay } from '../syntax/index.ts'
import type { ConfigurationFiles } from './files.ts'
import { memoryFiles } from './memory-files.ts'

/** The files that `nginx -T` has printed. */
export interface Dump {
  readonly main: string
  readonly files: ConfigurationFiles
}

const HEADER_START = '# configuration file '
/** The path has a slash at least: `# configuration file for the proxy:` is anybody's comment. */
const HEADER = /(?<![^\n])# configuration file (\S*\/[^\r\n]*):(\r?)(?:\n|$)/g
/** What nginx says of the configuration comes first where its standard error was caught too. */
const BEFORE = /(?:nginx: [^\n]*|\d{4}\/\d\d\/\d\d [\d:]{8} \[[a-z]+\] [^\n]*|[ \t\r]*)(?:\n|$)/y

/**
 * The tree of files that a text shows, if it is a dump of `nginx -T`. nginx prints each file once, the main one first:
 * a line with its path, its bytes, and a line feed (ngx_dump_config in src/core/nginx.c).
 * @param text one char per byte, as all texts of files
 */
export function filesOfDump(text: string): Dump | undefined {
  // Nearly all texts are none, which shows in their first line: a large one is not searched for more.
  const start = startOfConfiguration(text)
  if (!text.startsWith(HEADER_START, start)) return undefined
  const headers = [...text.matchAll(HEADER)]
  const [first] = headers
  if (first?.index !== start) return undefined
  const texts = new Map<string, string>()
  for (const [index, header] of headers.entries()) {
    const path = pathIn(header)
    const start = header.index + header[0].length
    const end = headers[index + 1]?.index ?? text.length
    // Of two dumps in a row, the first is taken.
    if (!texts.has(path)) texts.set(path, withoutAddedLineEnd(text.slice(start, end), header[2] === '\r'))
  }
  return { main: pathIn(first), files: memoryFiles(Object.fromEntries(texts)) }
}

function startOfConfiguration(text: string): number {
  let start = 0
  for (BEFORE.lastIndex = 0; start < text.length && BEFORE.test(text); ) start = BEFORE.lastIndex
  return start
}

/** What nginx has printed in the place of a dump. */
export interface Refusal {
  /** Its reason, or else the last that it says. */
  readonly reason: string
  /** The main file, where it is named. */
  readonly main: string | undefined
}

/** What nginx said of a configuration that it refuses, if a text is that and nothing else: of such there is no dump. */
export function refusalIn(text: string): Refusal | undefined {
  if (startOfConfiguration(text) < text.length || text.trim() === '') return undefined
  const reason = /\[emerg\] (?:\d+#\d+: )?([^\r\n]+)/.exec(text)?.[1] ?? text.trimEnd().split('\n').at(-1) ?? ''
  const main = /^nginx: configuration file ([^\r\n]+) test failed/m.exec(text)?.[1]
  return { reason: decodeForDisplay(reason), main: main && decodeForDisplay(main) }
}

function pathIn(header: RegExpExecArray | RegExpMatchArray): string {
  return decodeForDisplay(header[1] as string)
}

/** A dump that was saved on Windows may have had its line ends changed, the added ones too. */
function withoutAddedLineEnd(text: string, isCrlf: boolean): string {
  const added = isCrlf && text.endsWith('\r\n') ? 2 : text.endsWith('\n') ? 1 : 0
  return text.slice(0, text.length - added)
}
