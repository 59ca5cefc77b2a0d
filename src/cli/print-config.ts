import { resolve } from 'node:path'
import { ConfigurationReader } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { parseRuleSettings } from '../lint/settings/command-line.ts'
import { NO_SETTINGS } from '../lint/settings/held.ts'
import { formatVersion } from '../nginx/version.ts'
import { sanitize } from '../report/sanitize.ts'
import { checkOptions } from './check-options.ts'
import { failureWords } from './failure-words.ts'
import { withGuardedOutput } from './github-log.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import { SettingsFinder } from './settings.ts'
import { findTargets, mainName, rulesOf, type Target } from './targets.ts'

/** `--print-config FILE`: what holds for a file, and where it is from, as JSON with comments. */
export async function printConfig(name: string, args: LintArguments, io: Io): Promise<ExitCode> {
  checkOptions(args)
  const path = resolve(io.cwd, name)
  const realPath = diskFiles.realPath(path)
  const content = diskFiles.read(path)
  if ('failure' in content) throw new CommandError(`--print-config: ${name}: ${failureWords[content.failure]}`)
  const settings = new SettingsFinder(io.cwd, args.config)
  const reader = new ConfigurationReader(diskFiles)
  const { targets, notes } = await findTargets({ args, names: [name], files: diskFiles, reader, settings, io })
  const [target] = targets
  const { out } = withGuardedOutput(io)
  if (!target) {
    out(`// ${sanitize(notes.join(', '))}\n`)
    return 0
  }
  const head = [`${name}: ${partOf(target, realPath, io.cwd)}`, `settings: ${target.settings?.name ?? 'none'}`]
  const lines = [...general(target, args), ...ruleLines(target, path, realPath, args)]
  const body = [...head.map((line) => `// ${line}`), '{', ...lines, '}'].map(sanitize)
  out(`${body.join('\n')}\n`)
  return 0
}

function partOf(target: Target, realPath: string, cwd: string): string {
  if (target.options.reported) return `a part of ${mainName(target, cwd)}`
  return diskFiles.realPath(target.path) === realPath ? 'linted for itself' : `included by ${mainName(target, cwd)}`
}

/** `  "key": value, // where it is from` */
function line(key: string, value: unknown, origin: string, indent = '  ', isLast = false): string {
  return `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}${isLast ? '' : ','} // ${origin}`
}

function general({ settings, options }: Target, args: LintArguments): string[] {
  const origin = (key: string, option?: string) =>
    [
      ...(option === undefined ? [] : [option]),
      ...(settings?.lineOf(key) ? [`${settings.name}:${settings.lineOf(key)}`] : []),
    ].join(', ') || 'default'
  const { target = 'unknown', load = {} } = options
  const { mappings = [], prefix } = load
  const version = target === 'unknown' ? 'unknown' : formatVersion(target)
  const { modules, websocket, ignore, baseline } = settings?.settings ?? {}
  const entries: (readonly [string, unknown, string])[] = [
    ['nginxVersion', version, args.nginxVersion ? '--nginx-version' : origin('nginxVersion')],
    [
      'pathMap',
      Object.fromEntries(mappings.map(({ from, to }) => [from, to])),
      origin('pathMap', args.pathMap.length > 0 ? '--path-map' : undefined),
    ],
    ['prefix', prefix, args.prefix ? '--prefix' : origin('prefix')],
    ['websocket', websocket, origin('websocket')],
    ['modules', modules, origin('modules')],
    ['ignore', ignore, origin('ignore')],
    ['baseline', baseline, origin('baseline')],
  ]
  return entries.filter(([key, value]) => key === 'nginxVersion' || !isEmpty(value)).map((entry) => line(...entry))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
}

function ruleLines(target: Target, path: string, realPath: string, args: LintArguments): string[] {
  const { settings, options } = target
  const all = rulesOf([target])
  const named = parseRuleSettings(
    args.rule,
    all.map(({ id }) => id),
  )
  const file = options.fileSettings?.({ path, realPath }) ?? NO_SETTINGS
  const lines = all.map(({ id, rule }, index) => {
    const severity = named[id] ?? file.severities[id] ?? rule.severity
    const own = file.options[id]
    const keys = file.origins[id]
    const origin = keys && settings ? `${settings.name}:${settings.lineOf(...keys)}` : 'default'
    const value = own && Object.keys(own).length > 0 ? { severity, ...own } : severity
    return line(id, value, id in named ? '--rule' : origin, '    ', index === all.length - 1)
  })
  return ['  "rules": {', ...lines, '  }']
}
