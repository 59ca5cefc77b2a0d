import { problemsByFile } from './by-file.ts'
import { displayPath } from './paths.ts'
import { showPlace } from './place.ts'
import type { Formatter } from './report.ts'
import { severityWords } from './summary.ts'
import { tag, XML_HEAD } from './xml.ts'

/** The XML of Checkstyle, which Jenkins, reviewdog and many others read. */
export const checkstyle: Formatter = (report, { cwd }) => {
  const files = problemsByFile(report).flatMap(([{ path }, problems]) => {
    const name = displayPath(path, cwd)
    if (problems.length === 0) return [`  ${tag('file', { name }, true)}`]
    const errors = problems.map((problem) => {
      const { line, column } = showPlace(problem, cwd)
      const { severity, message, ruleId } = problem
      const attributes = { line, column, severity: severityWords[severity], message, source: `ngxlint.${ruleId}` }
      return `    ${tag('error', attributes, true)}`
    })
    return [`  ${tag('file', { name })}`, ...errors, '  </file>']
  })
  return `${[XML_HEAD, tag('checkstyle', { version: '4.3' }), ...files, '</checkstyle>'].join('\n')}\n`
}
