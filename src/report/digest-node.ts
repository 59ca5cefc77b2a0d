import { createHash } from 'node:crypto'
import { identitiesOf } from '../lint/identity.ts'
import type { Problem } from '../lint/problem.ts'
import { displayPath } from './paths.ts'

/** A name of 32 hexadecimal digits for each problem, the same as long as the problem is, whatever lines move. */
export function fingerprintsOf(problems: readonly Problem[], cwd: string): Map<Problem, string> {
  const identities = identitiesOf(problems, (path) => displayPath(path, cwd))
  return new Map([...identities].map(([problem, identity]) => [problem, digest(identity)]))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
