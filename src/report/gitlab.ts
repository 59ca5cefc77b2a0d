import { fingerprintsOf } from './digest-node.ts'
import { placeInProject } from './place.ts'
import type { Formatter } from './report.ts'
import { escapeInJson } from './sanitize.ts'

/** A Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const gitlab: Formatter = ({ problems }, { cwd }) => {
  const fingerprints = fingerprintsOf(problems, cwd)
  const issues = problems.map((problem) => {
    const { file, line, endLine } = placeInProject(problem, cwd)
    return {
      description: problem.message,
      check_name: problem.ruleId,
      fingerprint: fingerprints.get(problem),
      severity: SEVERITIES[problem.severity],
      location: { path: file, lines: { begin: line, end: endLine } },
    }
  })
  return `${escapeInJson(JSON.stringify(issues))}\n`
}

const SEVERITIES = { error: 'major', warn: 'minor', info: 'info' } as const
