/** Rules made for a test, and configurations in memory. */

import syntax from '../../rules/syntax.ts'
import { type Directive, memoryFiles, walkDirectives } from '../../src/config/index.ts'
import { type FixOptions, type FixResult, fixConfigurations } from '../../src/fix/fix-configuration.ts'
import type { FileEdit, Safety } from '../../src/lint/problem.ts'
import { defineRule, type RegisteredRule } from '../../src/lint/rule.ts'
import type { Edit } from '../../src/syntax/index.ts'

export const syntaxRule: RegisteredRule = { id: 'syntax', rule: syntax }

/** A rule that reports each directive of a name, with edits made from it. */
export function ruleFor(
  id: string,
  name: string,
  edits: (directive: Directive) => readonly Edit[],
  safety: Safety = 'safe',
): RegisteredRule {
  return {
    id,
    rule: defineRule({
      summary: id,
      severity: 'error',
      fix: safety,
      see: '',
      whole({ model }, report) {
        for (const directive of walkDirectives(model.configuration.directives)) {
          if (directive.name !== name) continue
          const fileEdits: FileEdit[] = edits(directive).map((edit) => ({ file: directive.file, edit }))
          report({ at: directive, message: `${name} here`, edits: fileEdits })
        }
      },
    }),
  }
}

/** Renames directives: the simplest of fixes. */
export function renaming(from: string, to: string, safety: Safety = 'safe'): RegisteredRule {
  const id = `test/${from}-to-${to}`
  return ruleFor(
    id,
    from,
    ({ statement }) => [{ start: statement.start, end: statement.start + from.length, text: to }],
    safety,
  )
}

/** Fixes files in memory; the first is the root unless said otherwise. */
export function fixInMemory(
  texts: Readonly<Record<string, string>>,
  rules: readonly RegisteredRule[],
  options: FixOptions = {},
  roots: readonly string[] = Object.keys(texts).slice(0, 1),
): FixResult {
  return fixConfigurations(roots, memoryFiles(texts), rules, options)
}

export function newTexts({ changes }: FixResult): Record<string, string> {
  return Object.fromEntries(changes.map(({ path, newText }) => [path, newText]))
}
