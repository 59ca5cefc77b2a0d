import { includeChain } from '../config/index.ts'
import type { LintedRoots } from '../lint/lint-roots.ts'
import { formatVersion } from '../nginx/version.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { plural } from '../report/summary.ts'
import type { Job } from './job.ts'
import { STOCK_NAME, type Target } from './targets.ts'

/** What `--verbose` adds, on standard error. */
export function tell({ io, targets }: Job, { roots, files }: LintedRoots): void {
  const say = (text: string) => io.err(`${sanitize(text)}\n`)
  for (const { settings } of targets.filter(firstOfSettings)) say(`settings: ${settings?.name ?? 'none'}`)
  for (const target of new Set(targets.map(({ options }) => options.target ?? 'unknown')))
    say(`nginx version: ${target === 'unknown' ? 'not named, so what any version needs' : formatVersion(target)}`)
  for (const { path, configuration } of roots) {
    const { isFragment, level, unresolved } = configuration
    const kind = isFragment ? `a part of a configuration, at the level of "${level}"` : 'a whole configuration'
    say(`${configuration.main.isStock ? STOCK_NAME : displayPath(path, io.cwd)}: ${kind}`)
    for (const include of unresolved) {
      const chain = includeChain(include).length
      say(`  include ${include.unresolved?.path}: ${include.unresolved?.reason}${chain > 0 ? `, ${chain} deep` : ''}`)
    }
  }
  const read = files.filter(({ isStock }) => !isStock)
  say(`${plural(read.length, 'file')} read: ${read.map(({ path }) => displayPath(path, io.cwd)).join(', ')}`)
}

function firstOfSettings({ settings }: Target, index: number, all: readonly Target[]): boolean {
  return all.findIndex((other) => other.settings === settings) === index
}
