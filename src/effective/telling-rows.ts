import { type Directive, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Model } from './model.ts'
import { evaluateBoth, isMeantFor, meansUpgrade, setsHeader } from './row-values.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'

/** The first of a level's own rows that tells. */
export function tellingRow(level: Scope, model: Model): Directive | undefined {
  return tells(level, model) ? level.own('proxy_set_header').find((row) => isTelling(row, model)) : undefined
}

/** Whether a level has a row of its own that tells of WebSockets. */
export function tells({ block, directive }: Scope, model: Model): boolean {
  return block !== undefined && tellingRows(model).blocks.has(directive)
}

/** An `Upgrade` that is sent, a `Connection` that means upgrade, or `$connection_upgrade`, defined or not. */
export function isTelling(row: Directive, model: Model): boolean {
  return tellingRows(model).rows.has(row)
}

/** The rows that tell, and the blocks that have some. */
const tellingRows = memoize((model: Model) => {
  const rows = judgedByName('proxy_set_header', model.configuration, (row) => isForUpgrade(row, model) || undefined)
  return { rows, blocks: new Set([...rows.keys()].map(({ parent }) => parent)) }
})

function isForUpgrade(row: Directive, model: Model): boolean {
  const value = row.argument(1) ?? ''
  if (setsHeader(row, 'Upgrade')) return value !== ''
  if (!setsHeader(row, 'Connection')) return isMeantFor(row, 'Upgrade', model) || isMeantFor(row, 'Connection', model)
  const variables = variablesIn(value.toLowerCase())
  if (variables.includes('http_connection')) return false
  if (variables.some((name) => /upgrade/.test(name) && name !== 'http_upgrade')) return true
  const { handshake } = evaluateBoth(value, model)
  return handshake !== undefined && meansUpgrade(handshake)
}
