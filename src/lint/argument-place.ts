import type { Directive } from '../config/index.ts'
import type { Place } from './problem.ts'

/** Where an argument stands; the directive as a whole where it has fewer. */
export function argumentPlace(directive: Directive, index: number): Directive | Place {
  const word = directive.arguments[index]
  return word ? { file: directive.file, span: { start: word.start, end: word.end } } : directive
}
