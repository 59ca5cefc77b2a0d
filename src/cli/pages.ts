import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from './package.ts'

/** The page of a rule, in Markdown; undefined for one without. */
export function pageOf(ruleId: string): string | undefined {
  const path = join(packageFolder(), 'rules', `${ruleId}.md`)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
