import { showPlace } from './place.ts'
import type { Formatter } from './report.ts'
import { sanitize } from './sanitize.ts'
import { severityWords } from './summary.ts'

/** One line for each problem, as compilers print them: `file:line:column: severity: message [rule]`. */
export const compact: Formatter = ({ problems }, { cwd }) =>
  problems
    .map((problem) => {
      const { file, line, column } = showPlace(problem, cwd)
      const { severity, message, ruleId } = problem
      return `${sanitize(`${file}:${line}:${column}: ${severityWords[severity]}: ${message} [${ruleId}]`)}\n`
    })
    .join('')
