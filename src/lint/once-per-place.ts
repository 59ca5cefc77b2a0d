import type { Finding, Report } from './rule.ts'

/** Reports the first finding of each place: of a file that a block includes twice, one line says enough. */
export function oncePerPlace(report: Report): Report {
  const told = new Set<Finding['at']>()
  return (finding) => {
    if (!told.has(finding.at)) report(finding)
    told.add(finding.at)
  }
}
