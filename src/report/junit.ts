import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from '../lint/problem.ts'
import { problemsByFile } from './by-file.ts'
import { displayPath } from './paths.ts'
import { showPlace } from './place.ts'
import type { Formatter } from './report.ts'
import { severityWords } from './summary.ts'
import { escapeXml, tag, XML_HEAD } from './xml.ts'

/**
 * Test results for the many tools that show them: each file a suite, each problem a test case that failed. A file
 * without problems has one that passed, or it would not show that it was looked at.
 */
export const junit: Formatter = (report, { cwd }) => {
  const suites = problemsByFile(report).flatMap(([file, problems]) => suite(file, problems, cwd))
  const tests = problemsByFile(report).reduce((sum, [, { length }]) => sum + Math.max(1, length), 0)
  const failures = report.problems.filter(isFailure).length
  const head = tag('testsuites', { name: 'ngxlint', tests, failures, errors: 0 })
  return `${[XML_HEAD, head, ...suites, '</testsuites>'].join('\n')}\n`
}

/** An info asks for nothing. */
function isFailure({ severity }: Problem): boolean {
  return severity !== 'info'
}

function suite({ path }: ConfigurationFile, problems: readonly Problem[], cwd: string): string[] {
  const name = displayPath(path, cwd)
  const attributes = { name, tests: Math.max(1, problems.length), failures: problems.filter(isFailure).length }
  const cases =
    problems.length === 0
      ? [`    ${tag('testcase', { name: 'ngxlint', classname: name }, true)}`]
      : problems.flatMap((problem) => testCase(problem, name, cwd))
  return [`  ${tag('testsuite', { ...attributes, errors: 0, skipped: 0 })}`, ...cases, '  </testsuite>']
}

function testCase(problem: Problem, classname: string, cwd: string): string[] {
  const { severity, ruleId, message } = problem
  const { file, line, column } = showPlace(problem, cwd)
  const text = escapeXml(`${file}:${line}:${column}: ${severityWords[severity]}: ${message} [${ruleId}]`)
  const result = isFailure(problem)
    ? `${tag('failure', { message, type: severityWords[severity] })}${text}</failure>`
    : `<system-out>${text}</system-out>`
  return [
    `    ${tag('testcase', { name: `${ruleId}:${line}:${column}`, classname })}`,
    `      ${result}`,
    '    </testcase>',
  ]
}
