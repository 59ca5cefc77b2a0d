import type { Directive } from '../config/index.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { type Case, type Reason, written } from './case.ts'

/** Something that nobody knows, and that may change a verdict. */
export interface Doubt extends Reason {
  /** Whether it leaves the verdict open, rather than its being for some clients only. */
  readonly isBlocking: boolean
}

const ACCESS: ReadonlySet<string> = new Set(['allow', 'deny', 'auth_basic', 'auth_request'])

/** What leaves a verdict open whatever was found. */
export function doubtsOf({ model, outcome, url, withoutFiles }: Case): Doubt[] {
  const { configuration } = model
  const broken = configuration.files.flatMap(({ tree, path, source }) =>
    tree.problems.slice(0, 1).map(({ start, message }): Doubt => {
      const where = `${decodeForDisplay(path)}:${source.lineAt(start)}`
      return { text: `nginx does not start with ${where}: ${message}`, isBlocking: true }
    }),
  )
  const open = outcome.server?.server
  const around: Doubt[] = open?.isAssumed
    ? [{ text: `this is only a part of a configuration: what stands around it is not known`, isBlocking: true }]
    : []
  const others: Doubt[] =
    configuration.isFragment && !open?.isAssumed && outcome.server?.reason.kind !== 'exact name'
      ? [{ text: `no server of this file is named ${url.host}; one of another file may be`, isBlocking: true }]
      : []
  const files: Doubt[] = withoutFiles
    ? [
        {
          text: `"${written(withoutFiles)}": it is taken that no such file is there`,
          at: withoutFiles,
          isBlocking: false,
        },
      ]
    : []
  return [...broken, ...around, ...others, ...files, ...outcome.doubts.map(doubtOf)]
}

function doubtOf(directive: Directive): Doubt {
  const head = `"${written(directive)}"`
  if (directive.unresolved)
    return { text: `${head} could not be read, and may hold anything`, at: directive, isBlocking: true }
  if (ACCESS.has(directive.name)) return { text: `${head} lets only some clients in`, at: directive, isBlocking: false }
  return { text: `${head}: whether it applies is not known`, at: directive, isBlocking: true }
}
