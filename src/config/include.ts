import { contentOf } from '../nginx/directives.ts'
import type { Directive } from './directive.ts'
import { isGlob } from './glob.ts'

/** Whether this is an `include` that nginx follows: not in rows of `split_clients` and the like, where it is a key. */
export function isInclude(directive: Directive): boolean {
  return directive.name === 'include' && !directive.isBlock && includesIn(directive.parent) !== 'none'
}

/** Whether what it includes is read as rows (`key value;`), not as directives. */
export function includesRows(include: Directive): boolean {
  return includesIn(include.parent) !== 'directives'
}

/** Whether its argument is a pattern. In `geo` it isn't: ngx_http_geo_include opens what is written, up to 1.29.8. */
export function includesGlob(include: Directive): boolean {
  return isGlob(include.argument(0) ?? '') && includesIn(include.parent) !== 'one file of rows'
}

/** Whether it would be a pattern, did it not stand in `geo`. Its files are not read: of their rows nothing is asked. */
export function isGeoGlob(include: Directive): boolean {
  return isGlob(include.argument(0) ?? '') && includesIn(include.parent) === 'one file of rows'
}

/** Whether an `include` names its file outright, so that nginx refuses to start without it. */
export function isRequired(include: Directive): boolean {
  return !includesGlob(include)
}

/** What an `include` in a block brings in. */
function includesIn(block: Directive | undefined): 'directives' | 'rows' | 'one file of rows' | 'none' {
  if (!block) return 'directives'
  switch (contentOf(block.name, block.context)) {
    case 'directives':
    case 'unknown':
      return 'directives'
    case 'map':
    case 'types':
      return 'rows'
    case 'geo':
      return 'one file of rows'
    default:
      return 'none'
  }
}
