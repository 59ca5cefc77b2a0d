import type { Problem } from './problem.ts'

/**
 * What each problem is known by from one run to the next: its rule, its file, and the words of its line, but no line
 * number, so that it stays the same when lines above it come or go. Of several that are alike, the first is 1.
 * @param pathOf the name of a file, the same on every machine
 */
export function identitiesOf(problems: readonly Problem[], pathOf: (path: string) => string): Map<Problem, string> {
  const counts = new Map<string, number>()
  const identities = new Map<Problem, string>()
  for (const problem of problems) {
    const what = [problem.ruleId, pathOf(problem.file.path), wordsAt(problem)].join('\0')
    const count = (counts.get(what) ?? 0) + 1
    counts.set(what, count)
    identities.set(problem, `${what}\0${count}`)
  }
  return identities
}

/** Lines may be megabytes long, as in minified files. */
const LONGEST = 1000

/** The line that a problem starts in, without regard to blanks; in a very long one, what follows its start. */
function wordsAt({ file: { source }, span }: Problem): string {
  const line = source.lineAt(span.start)
  const [start, end] = [source.lineStart(line), source.lineEnd(line)]
  const from = end - start > LONGEST ? span.start : start
  return source.text
    .slice(from, Math.min(end, from + LONGEST))
    .trim()
    .replace(/\s+/g, ' ')
}
