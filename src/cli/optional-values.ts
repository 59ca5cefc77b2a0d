import { lintOptions } from './lint-options.ts'

const NAMES = new Set(
  Object.keys(lintOptions).flatMap((name) => (lintOptions[name]?.isValueOptional ? `--${name}` : [])),
)

/** `--backup nginx.conf` names a path, not a folder for backups: such options take a value behind `=` only. */
export function withOptionalValues(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((arg, index) => (NAMES.has(arg) && (end === -1 || index < end) ? `${arg}=` : arg))
}
