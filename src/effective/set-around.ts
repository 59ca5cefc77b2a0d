import { blocksWith } from '../config/index.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'

/** Whether a level, or one around it, has a directive of this name. Of rare ones that is known without a look at the blocks. */
export function isSetAround(name: string, scope: Scope, { configuration }: Model): boolean {
  const blocks = blocksWith(name, configuration)
  if (blocks.size === 0) return false
  for (let level: Scope | undefined = scope; level; level = level.parent)
    if (level.block && blocks.has(level.directive)) return true
  return false
}
