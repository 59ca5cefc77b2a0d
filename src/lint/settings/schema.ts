import type { RegisteredRule } from '../rule.ts'
import { settingsShape } from './settings.ts'
import type { JsonSchema } from './shape.ts'

/** The JSON Schema of settings files, by which editors complete and check them; the package has it as a file. */
export function settingsSchema(rules: readonly RegisteredRule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of ngxlint: ngxlint.config.json, .jsonc, .yaml',
    ...settingsShape(rules).schema,
  }
}
