import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { inherited, setting } from './inheritance.ts'
import type { Scope } from './scope.ts'

/** What an `error_page` puts in the place of an answer. */
export interface ErrorPage {
  readonly directive: Directive
  /** A URI, a `@name` or a URL; may hold variables. */
  readonly target: string
  /** Another status for the client (`=200`), that of the new answer (`=`, 0), or the one that was (undefined). */
  readonly change: number | undefined
}

/** The `error_page` for a status that is in force in a scope (ngx_http_special_response_handler). */
export function findErrorPage(scope: Scope, status: number): ErrorPage | undefined {
  const { from } = inherited(scope, 'error_page')
  return from && pagesOf(from).get(status)
}

/** The first row for each status. Thousands of locations may share those of their server. */
const pagesOf = memoize((level: Scope): ReadonlyMap<number, ErrorPage> => {
  const pages = new Map<number, ErrorPage>()
  for (const directive of level.own('error_page')) {
    const words = directive.values
    const target = words.at(-1) as string
    const change = words.at(-2)?.startsWith('=') ? Number((words.at(-2) as string).slice(1)) : undefined
    for (const code of words.slice(0, -1).map(Number))
      if (!pages.has(code)) pages.set(code, { directive, target, change })
  }
  return pages
})

/** The statuses that nginx has for itself, 494 to 497, are shown as 400. */
export function shownStatus(status: number): number {
  return status >= 494 && status <= 497 ? 400 : status
}

/** Whether an answer to an error page may have an error page of its own. */
export function hasRecursiveErrorPages(scope: Scope): boolean {
  return setting(scope, 'recursive_error_pages').value === 'on'
}
