import type { Problem, RelatedPlace } from '../lint/problem.ts'
import { changedLines } from './fix-preview.ts'
import { frameLines } from './frame.ts'
import { displayPath } from './paths.ts'
import { showPlace } from './place.ts'
import type { Display, Formatter, Report } from './report.ts'
import { sanitize } from './sanitize.ts'
import { type Style, styleFor } from './style.ts'
import { severityWords, summaryLine } from './summary.ts'
import { wrap } from './width.ts'

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
const SHOWN_CHANGES = 12
const SHOWN_FIXED = 50

class Painter {
  readonly #report: Report
  readonly #display: Display
  readonly #style: Style
  readonly #width: number

  constructor(report: Report, display: Display) {
    this.#report = report
    this.#display = display
    this.#style = styleFor(display.hasColor)
    this.#width = Math.max(40, Math.min(display.width, WIDEST))
  }

  block(problems: readonly Problem[]): string[] {
    const [first] = problems as [Problem]
    return [
      this.#style.bold(this.#location(first)),
      ...problems.flatMap((problem) => this.#message(problem)),
      '',
      ...this.#frame(first, 1, 2, this.#paint(worst(problems))),
      ...this.#related(problems),
      ...this.#fix(problems),
    ]
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
    const { problems, fixed } = this.#report
    const line = summaryLine(this.#report)
    if (problems.length === 0) return [fixed.length > 0 || line !== '' ? this.#style.good(line) : line]
    return [this.#style.bold(line)]
  }

  #message({ severity, message, ruleId }: Problem): string[] {
    const word = severityWords[severity].padEnd(7)
    const indent = ' '.repeat(word.length + 4)
    const lines = wrap(`${sanitize(message)} [${ruleId}]`, this.#width - indent.length)
    const shown = lines.map((line) => line.replace(`[${ruleId}]`, this.#style.dim(`[${ruleId}]`)))
    return shown.map((line, index) => (index === 0 ? `  ${this.#paint(severity)(word)}  ${line}` : `${indent}${line}`))
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
      const edits = fixable.flatMap(({ fix }) => (fix?.safety === safety ? fix.edits : []))
      if (edits.length === 0) return []
      const option = safety === 'safe' ? '--fix' : '--fix --unsafe-fixes'
      const changes = changedLines(edits, this.#width - 12)
      const lines = changes.flatMap(({ file, line, removed, added }) => {
        const numberWidth = String(line).length
        const head = file === problems[0]?.file ? [] : [`  ${this.#style.dim(`${this.#path(file.path)}:${line}`)}`]
        const row = (sign: string, paint: (text: string) => string) => (text: string, index: number) => {
          const number = index === 0 ? String(line) : ''
          return `  ${this.#style.dim(number.padStart(numberWidth))} ${paint(`${sign} ${text}`.trimEnd())}`
        }
        return [
          ...head,
          ...removed.map(row('-', this.#style.removed)),
          ...added.map(row('+', this.#style.good)),
        ]
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

function verb(changes: ReturnType<typeof changedLines>): string {
  if (changes.every(({ removed }) => removed.length === 0)) return 'adds'
  return changes.every(({ added }) => added.length === 0) ? 'removes' : 'changes'
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  const severities = problems.map(({ severity }) => severity)
  return severities.includes('error') ? 'error' : severities.includes('warn') ? 'warn' : 'info'
}

function distinct(places: readonly RelatedPlace[]): RelatedPlace[] {
  const seen = new Set<string>()
  return places.filter(({ file, span, message }) => {
    const key = `${file.path} ${span.start} ${span.end} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
