import type { Problem } from '../lint/problem.ts'
import { placeInProject, type ShownPlace } from './place.ts'
import type { Formatter } from './report.ts'
import { sanitize } from './sanitize.ts'
import { severityWords, summaryLine } from './summary.ts'

/**
 * Annotations for GitHub Actions, and a group with all of them, since GitHub shows only the first ten of a step:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Formatter = (report, { cwd }) => {
  const shown = report.problems.map((problem) => ({ problem, place: placeInProject(problem, cwd) }))
  const summary = `ngxlint: ${summaryLine(report)}`
  const lines = shown.map(({ problem, place }) => annotation(problem, place))
  const group = [`::group::${escapeData(summary)}`, ...shown.map(summaryRow), '::endgroup::']
  return `${[...lines, ...(shown.length > 0 ? group : [inText(summary)])].join('\n')}\n`
}

const COMMANDS = { error: 'error', warn: 'warning', info: 'notice' } as const

function annotation({ severity, ruleId, message }: Problem, place: ShownPlace): string {
  const { file, line, column, endLine, endColumn } = place
  const properties: Readonly<Record<string, string | number>> = {
    file,
    line,
    endLine,
    // GitHub takes columns only for what ends in the line that it starts in.
    ...(line === endLine ? { col: column, endColumn } : {}),
    title: ruleId,
  }
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${COMMANDS[severity]} ${written.join(',')}::${escapeData(message)}`
}

/** Starts with a word of ours: what starts with `::` is a command. */
function summaryRow({ problem, place }: { readonly problem: Problem; readonly place: ShownPlace }): string {
  const { severity, ruleId, message } = problem
  return inText(`${severityWords[severity]} ${place.file}:${place.line}:${place.column} ${message} [${ruleId}]`)
}

/** The runner still takes the old form of a command, `##[name]`, anywhere in a line. */
function inText(text: string): string {
  return sanitize(text).replaceAll('##[', '## [')
}

/** As the runner's own toolkit does it (@actions/core, command.ts). */
function escapeData(text: string): string {
  return inText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
