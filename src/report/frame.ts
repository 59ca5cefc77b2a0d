import { codeFrameColumns } from '@babel/code-frame'
import type { Place } from '../lint/problem.ts'
import { type Excerpt, type ExcerptOptions, excerpt } from './excerpt.ts'
import type { Style } from './style.ts'
import { isPlain, widthOf } from './width.ts'

export interface FrameOptions extends Omit<ExcerptOptions, 'width'> {
  /** Columns that the whole frame may take. */
  readonly width: number
  readonly style: Style
  /** The colour of the mark. */
  readonly paint: (text: string) => string
  /** Columns for line numbers, so that frames of one problem stand in line. */
  readonly numberWidth?: number
}

/** `> 12 | ` and the number's own columns. */
const GUTTER_WIDTH = 5

/** Lines of a file with a span marked, as lines to print. */
export function frameLines({ file, span }: Place, options: FrameOptions): string[] {
  const { above, below, width, style, paint } = options
  const widest = Math.max(options.numberWidth ?? 0, String(file.source.lineAt(span.end) + below).length)
  const shown = excerpt(file.source, span, { above, below, width: Math.max(20, width - GUTTER_WIDTH - widest) })
  return colour(drawFrame(shown), widest, style, paint)
}

/**
 * Draws with @babel/code-frame. It takes one UTF-16 unit for one column, so that characters of other widths are put in
 * its hands as stand-ins of as many units as they have columns. It is not asked for colours: it would colour the code
 * as JavaScript.
 */
function drawFrame({ firstLine, lines, mark }: Excerpt): string[] {
  const standIns = new StandIns()
  const text = lines.map((line) => standIns.put(line)).join('\n')
  const column = (line: number, column: number) =>
    standIns.put((lines[line - firstLine] ?? '').slice(0, column - 1)).length + 1
  const frame = codeFrameColumns(
    text,
    {
      start: { line: mark.startLine, column: column(mark.startLine, mark.startColumn) },
      // Of one line, the end is the column after the last one; of several, the last one.
      end: {
        line: mark.endLine,
        column: column(mark.endLine, mark.endColumn) - (mark.startLine < mark.endLine ? 1 : 0),
      },
    },
    { highlightCode: false, linesAbove: lines.length, linesBelow: lines.length, ...{ startLine: firstLine } },
  )
  return frame.split('\n').map((line) => standIns.restore(line))
}

/** Private-use characters, which `sanitize` leaves none of in what is shown. */
const FIRST_STAND_IN = 0xe000
const FILLER = '\uf8ff'
/** A character with the accents that are put on it. */
const CLUSTER = /.(?:\p{Mn}|\p{Me}|\ufe0f)*/gsu

class StandIns {
  readonly #clusters: string[] = []

  put(text: string): string {
    if (isPlain(text)) return text
    let result = ''
    for (const cluster of text.match(CLUSTER) ?? []) {
      const width = widthOf(cluster)
      if (cluster.length === width) result += cluster
      else if (width > 0) result += this.#standIn(cluster) + FILLER.repeat(width - 1)
    }
    return result
  }

  restore(line: string): string {
    return line.replace(/[\ue000-\uf8ff]/g, (char) =>
      char === FILLER ? '' : (this.#clusters[char.charCodeAt(0) - FIRST_STAND_IN] ?? char),
    )
  }

  #standIn(cluster: string): string {
    let index = this.#clusters.indexOf(cluster)
    if (index === -1) index = this.#clusters.push(cluster) - 1
    return String.fromCharCode(FIRST_STAND_IN + index)
  }
}

const FRAME_LINE = /^([> ]) ( *\d*) \|(.*)$/s

/** Dims what is around the code, and gives the marks the colour of the problem. */
function colour(lines: readonly string[], numberWidth: number, style: Style, paint: FrameOptions['paint']): string[] {
  return lines.map((line) => {
    const [, pointer = ' ', number = '', code = ''] = FRAME_LINE.exec(line) ?? [undefined, ' ', '', ` ${line}`]
    const isMark = number.trim() === ''
    const gutter = style.dim(`${number.trim().padStart(numberWidth)} |`)
    return `${pointer === '>' ? paint('>') : ' '} ${gutter}${isMark ? paint(code) : code}`.trimEnd()
  })
}
