import { type Directive, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { ownHandler } from './handlers.ts'
import { locationTableOf } from './location-table.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'
import { tellingRow } from './telling-rows.ts'

/** A row of a handshake in a location that sends nothing, but leads requests on. */
export interface RowBefore {
  readonly row: Directive
  readonly location: Scope
}

/** By the named location that a `try_files` or an `error_page` beside the row leads to, where the row does not hold. */
export const rowsBefore = memoize((model: Model): ReadonlyMap<Scope, RowBefore> => {
  const found = new Map<Scope, RowBefore>()
  for (const name of ['try_files', 'error_page'])
    for (const directive of judgedByName(name, model.configuration, isLeadingOn).keys()) {
      const location = model.scopeOf(directive.parent)
      const goal = location?.kind === 'location' ? namedBy(directive, location) : undefined
      if (!location || !goal || found.has(goal) || ownHandler(location)) continue
      const row = tellingRow(location, model)
      if (row) found.set(goal, { row, location })
    }
  return found
})

function isLeadingOn({ values }: Directive): true | undefined {
  return values.at(-1)?.startsWith('@') || undefined
}

function namedBy({ values }: Directive, { server }: Scope): Scope | undefined {
  const index = server && locationTableOf(server).named.get(values.at(-1) ?? '')
  return index === undefined ? undefined : server?.children[index]
}
