import { areInTheWay } from '../lint/join-fixes.ts'
import type { FileEdit, Problem, RelatedPlace } from '../lint/problem.ts'
import { changedLines } from './fix-preview.ts'
import { frameLines } from './frame.ts'
import { displayPath } from './paths.ts'
import { showPlace } from './place.ts'
import type { Display, Formatter, Report } from './report.ts'
import { sanitize } from './sanitize.ts'
import { type Style, styleFor } from './style.ts'
import { severityWords, summaryLine } from './summary.ts'
import { wrap } from './width.ts'
import { withRepairs } from './with-repairs.ts'

/**
 * For people: what happens, the place with the exact words marked, the lines that have a part in it, and what --fix
 * would do. Problems of one place share its picture.
 */
export const codeframe: Formatter = (report, display) => {
  const painter = new Painter(report, display)
  const blocks = byPlace(report.problems).map((group) => painter.block(group))
  return [...blocks, ...painter.fixed(), painter.summary()].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

/** Problems one after the other that have the same span. */
function byPlace(problems: readonly Problem[]): Problem[][] {
  const groups: Problem[][] = []
  for (const problem of problems) {
    const group = groups.at(-1)
    const first = group?.[0]
    const isSame =
      first?.file === problem.file && first.span.start === problem.span.start && first.span.end === problem.span.end
    if (group && isSame) group.push(problem)
    else groups.push([problem])
  }
  return groups
}

/** Frames wider than this are hard to read, whatever the terminal. */
const WIDEST = 120
/** Two blanks, the longest severity, two blanks. */
const MESSAGE_INDENT = 'warning'.length + 4
/** The brackets that a message ends with. */
const ENDING = / \((?:[^()]|\([^()]*\))*\)$/
const SHOWN_CHANGES = 12
const SHOWN_FIXED = 50

class Painter {
  readonly #report: Report
  readonly #display: Display
  readonly #style: Style
  readonly #width: number
  /** Where the changes have been shown that cure several problems. */
  readonly #shownAt = new Map<string, string>()

  constructor(report: Report, display: Display) {
    this.#report = report
    this.#display = display
    this.#style = styleFor(display.hasColor)
    this.#width = Math.max(40, Math.min(display.width, WIDEST))
  }

  block(problems: readonly Problem[]): string[] {
    const [first] = problems as [Problem]
    return [
      this.#heading(first),
      ...this.#messages(worstFirst(problems)),
      '',
      ...this.#frame(first, 1, 2, this.#paint(worst(problems))),
      ...this.#related(problems),
      ...this.#fix(problems),
    ]
  }

  /** The place, and a line to the edge, so that the eye finds where one ends and the next begins. */
  #heading(place: Problem): string {
    const location = this.#location(place)
    const rest = this.#width - location.length - 1
    return this.#style.bold(location) + (rest > 2 ? this.#style.dim(` ${'─'.repeat(rest)}`) : '')
  }

  /** What was mended, one line each. */
  fixed(): string[][] {
    const { fixed } = this.#report
    if (fixed.length === 0) return []
    const lines = fixed
      .slice(0, SHOWN_FIXED)
      .map((problem) => `${this.#style.good('fixed')}  ${this.#location(problem)}  ${this.#style.dim(problem.ruleId)}`)
    return [fixed.length > SHOWN_FIXED ? [...lines, `       and ${fixed.length - SHOWN_FIXED} more`] : lines]
  }

  summary(): string[] {
    const { problems } = this.#report
    const paint = problems.length === 0 ? this.#style.good : this.#style.bold
    return wrap(summaryLine(this.#report), this.#width).map(paint)
  }

  /** What all messages of a place end with, as the evidence for a WebSocket location, is said once. */
  #messages(problems: readonly Problem[]): string[] {
    const endings = problems.map(({ message }) => ENDING.exec(message)?.[0])
    const shared = endings.find((ending, index) => ending !== undefined && endings.indexOf(ending, index + 1) !== -1)
    const lines = problems.flatMap(({ severity, message, ruleId }) => {
      const own = shared !== undefined && message.endsWith(shared) ? message.slice(0, -shared.length) : message
      const shown = wrap(`${sanitize(own)} [${ruleId}]`, this.#width - MESSAGE_INDENT)
      const word = this.#paint(severity)(severityWords[severity].padEnd(MESSAGE_INDENT - 4))
      return shown.map((line, index) => {
        const styled = line.replace(`[${ruleId}]`, this.#style.dim(`[${ruleId}]`))
        return index === 0 ? `  ${word}  ${styled}` : ' '.repeat(MESSAGE_INDENT) + styled
      })
    })
    const common = shared === undefined ? [] : wrap(sanitize(shared.trim()), this.#width - MESSAGE_INDENT)
    return [...lines, ...common.map((line) => ' '.repeat(MESSAGE_INDENT) + line)]
  }

  #related(problems: readonly Problem[]): string[] {
    const lines: string[] = []
    for (const related of distinct(problems.flatMap((problem) => problem.related))) {
      const [head = '', ...more] = wrap(`${this.#location(related)}: ${sanitize(related.message)}`, this.#width - 4)
      lines.push('', `  ${head}`, ...more.map((line) => `    ${line}`))
      lines.push(...this.#frame(related, 0, 0, this.#style.info))
    }
    return lines
  }

  #fix(problems: readonly Problem[]): string[] {
    const fixable = problems.filter(({ fix }) => fix !== undefined)
    if (this.#report.isFixing) return []
    return (['safe', 'unsafe'] as const).flatMap((safety) => {
      const edits = madeTogether(fixable.flatMap(({ fix }) => (fix?.safety === safety ? [fix.edits] : [])))
      if (edits.length === 0) return []
      const option = safety === 'safe' ? '--fix' : '--fix --unsafe-fixes'
      const key = JSON.stringify(edits.map(({ file, edit }) => [file.realPath, edit]).sort())
      const shownAt = this.#shownAt.get(key)
      if (shownAt !== undefined) return ['', `  ${this.#style.good(option)} cures it by what is shown at ${shownAt}`]
      this.#shownAt.set(key, this.#location(problems[0] as Problem))
      const changes = changedLines(withRepairs(edits), this.#width - 12)
      const lines = changes.flatMap(({ file, line, removed, added }) => {
        const numberWidth = String(line).length
        const head = file === problems[0]?.file ? [] : [`  ${this.#style.dim(`${this.#path(file.path)}:${line}`)}`]
        const row = (sign: string, paint: (text: string) => string) => (text: string, index: number) => {
          const number = index === 0 ? String(line) : ''
          return `  ${this.#style.dim(number.padStart(numberWidth))} ${paint(`${sign} ${text}`.trimEnd())}`
        }
        return [...head, ...removed.map(row('-', this.#style.removed)), ...added.map(row('+', this.#style.good))]
      })
      const shown = lines.length > SHOWN_CHANGES ? [...lines.slice(0, SHOWN_CHANGES - 1), '  …'] : lines
      return ['', `  ${this.#style.good(option)} ${verb(changes)}`, ...shown]
    })
  }

  #frame(place: Problem | RelatedPlace, above: number, below: number, paint: (text: string) => string): string[] {
    const options = { above, below, width: this.#width - 2, style: this.#style, paint }
    return frameLines(place, options).map((line) => `  ${line}`.trimEnd())
  }

  #location(place: Problem | RelatedPlace): string {
    const { file, line, column } = showPlace(place, this.#display.cwd)
    return `${sanitize(file)}:${line}:${column}`
  }

  #path(path: string): string {
    return sanitize(displayPath(path, this.#display.cwd))
  }

  #paint(severity: Problem['severity']): (text: string) => string {
    return this.#style[severity === 'warn' ? 'warning' : severity]
  }
}

/** Of two fixes that are in each other's way the first is made; the other waits for the next pass. */
function madeTogether(fixes: readonly (readonly FileEdit[])[]): FileEdit[] {
  const made: FileEdit[] = []
  for (const edits of fixes)
    if (!edits.some((edit) => made.some((other) => areInTheWay(other, edit)))) made.push(...edits)
  return made
}

function verb(changes: ReturnType<typeof changedLines>): string {
  if (changes.every(({ removed }) => removed.length === 0)) return 'adds'
  return changes.every(({ added }) => added.length === 0) ? 'removes' : 'changes'
}

const SEVERITY_ORDER = ['error', 'warn', 'info']

function worstFirst(problems: readonly Problem[]): Problem[] {
  const rank = ({ severity }: Problem) => SEVERITY_ORDER.indexOf(severity)
  return [...problems].sort((one, other) => rank(one) - rank(other))
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return worstFirst(problems)[0]?.severity ?? 'info'
}

/** Each place once for what is said of it, in the order of their files' lines. */
function distinct(places: readonly RelatedPlace[]): RelatedPlace[] {
  const seen = new Set<string>()
  const once = places.filter(({ file, span, message }) => {
    const key = `${file.path} ${span.start} ${span.end} ${message}`
    return !seen.has(key) && seen.add(key)
  })
  const files = [...new Set(once.map(({ file }) => file))]
  return once.sort(
    (one, other) => files.indexOf(one.file) - files.indexOf(other.file) || one.span.start - other.span.start,
  )
}
