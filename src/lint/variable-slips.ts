import { once } from '../nginx/once.ts'
import { type VariableFamily, variableEntries } from '../nginx/variables.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { nearNames } from './near-name.ts'
import type { Subject } from './rule.ts'
import { definedNames, namesOfMaps, namesRead } from './variable-names.ts'

/** What is to be said of a name that nothing defines. */
export interface UnknownName {
  readonly message: string
  /** The variable that was certainly meant. */
  readonly meant?: string | undefined
}

export type NameJudge = (name: string, family: VariableFamily) => UnknownName | undefined

/**
 * Slips of the hand, where what nobody has read may define variables: told only where the configuration has a map whose
 * variable nothing reads, and whose name is very near. Undefined where there is none for certain.
 */
export function slipJudge(subject: Subject): NameJudge | undefined {
  const { configuration } = subject.model
  const made = namesOfMaps(configuration)
  if (made.size === 0) return undefined
  const defined = definedNames(subject.model.configuration)
  const nearest = nearNames()
  const unread = once(() => {
    const read = namesRead(configuration)
    return read ? [...made].filter((name) => !read.has(name)) : []
  })
  return (name, family) => {
    const lower = name.toLowerCase()
    if (family !== 'http' || defined.has(lower) || variableEntries(name).length > 0) return undefined
    const near = nearest(lower, unread())
    if (!near?.isCertain || withoutNumbers(near.name) === withoutNumbers(lower)) return undefined
    const meant = decodeForDisplay(near.name)
    const message = `nothing here defines "$${decodeForDisplay(name)}"; did you mean "$${meant}", which a map sets and nothing reads?`
    return { message, meant: near.name }
  }
}

/** Of `$pool_1` and `$pool_2` one may well be made elsewhere. */
function withoutNumbers(name: string): string {
  return name.replaceAll(/\d+/g, '')
}
