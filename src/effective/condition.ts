import type { Directive } from '../config/index.ts'
import { patternOf } from './pattern.ts'
import type { RequestState } from './request-state.ts'

/** Whether files that nginx would look for are there: nobody looks at a disk here. */
export type Files = 'unknown' | 'none'

/** The condition of an `if`, taken apart. */
export type Condition =
  | { readonly kind: 'variable'; readonly variable: string }
  | { readonly kind: 'equal'; readonly variable: string; readonly value: string; readonly isNegated: boolean }
  | {
      readonly kind: 'regex'
      readonly variable: string
      readonly pattern: string
      readonly ignoreCase: boolean
      readonly isNegated: boolean
    }
  | { readonly kind: 'file'; readonly isNegated: boolean }

/** Reads the condition of an `if` (ngx_http_rewrite_if_condition); undefined for one that nginx refuses. */
export function readCondition(directive: Directive): Condition | undefined {
  const [first = '', second, third, ...more] = conditionWords(directive)
  if (more.length > 0) return undefined
  if (/^!?-[fdex]$/.test(first)) return { kind: 'file', isNegated: first.startsWith('!') }
  if (!/^\$./.test(first)) return undefined
  const variable = first.slice(1)
  if (second === undefined) return { kind: 'variable', variable }
  if (third === undefined) return undefined
  const isNegated = second.startsWith('!')
  if (second === '=' || second === '!=') return { kind: 'equal', variable, value: third, isNegated }
  if (!/^!?~\*?$/.test(second)) return undefined
  return { kind: 'regex', variable, pattern: third, ignoreCase: second.endsWith('*'), isNegated }
}

/** The words between the parentheses, which may stand alone or touch their neighbours. */
function conditionWords(directive: Directive): string[] {
  const words = [...directive.values]
  if (!words[0]?.startsWith('(') || !words.at(-1)?.endsWith(')')) return []
  words[0] = words[0].slice(1)
  words[words.length - 1] = (words.at(-1) as string).slice(0, -1)
  if (words[0] === '') words.shift()
  if (words.at(-1) === '' && directive.arguments.at(-1)?.value === ')') words.pop()
  return words
}

/** What a condition asks of a request. */
type Asked = Pick<RequestState, 'value' | 'capture' | 'captures'>

/**
 * Whether a condition holds; undefined where nobody knows. A regex sets captures.
 * @param evaluate fills in the variables of the value that it is compared with
 */
export function holds(
  condition: Condition,
  state: Asked,
  files: Files,
  evaluate: (text: string) => string | undefined,
): boolean | undefined {
  if (condition.kind === 'file') return files === 'none' ? condition.isNegated : undefined
  const value = state.value(condition.variable)
  if (value === undefined) return undefined
  if (condition.kind === 'variable') return value !== '' && value !== '0' // ngx_http_script_if_code
  const isMet =
    condition.kind === 'equal' ? isEqual(value, evaluate(condition.value)) : matches(condition, value, state)
  return isMet === undefined ? undefined : isMet !== condition.isNegated
}

function isEqual(value: string, other: string | undefined): boolean | undefined {
  return other === undefined ? undefined : other === value
}

/** ngx_http_script_regex_start_code: one that does not match takes the captures away. */
function matches(
  { pattern, ignoreCase }: { readonly pattern: string; readonly ignoreCase: boolean },
  value: string,
  state: Asked,
): boolean | undefined {
  const match = patternOf(pattern, ignoreCase).match(value)
  if (match) state.capture(match)
  else state.captures = match === null ? [] : undefined
  return match === undefined ? undefined : match !== null
}
