import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from '../lint/problem.ts'
import type { Report } from './report.ts'

/** Each file that was looked at with its problems, which may be none. */
export function problemsByFile({ files, problems }: Report): [ConfigurationFile, Problem[]][] {
  const byRealPath = new Map<string, [ConfigurationFile, Problem[]]>()
  for (const file of files) byRealPath.set(file.realPath, [file, []])
  for (const problem of problems) {
    const known = byRealPath.get(problem.file.realPath)
    if (known) known[1].push(problem)
    else byRealPath.set(problem.file.realPath, [problem.file, [problem]])
  }
  return [...byRealPath.values()]
}
