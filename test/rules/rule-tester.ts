/** The harness of the rules' tables: bad configuration with its problems marked, whole messages, fixed configuration. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Problem, Severity } from '../../src/lint/problem.ts'
import type { RegisteredRule, Rule } from '../../src/lint/rule.ts'
import { runRules } from '../../src/lint/run.ts'
import { decodeForDisplay, encodeFromDisplay } from '../../src/syntax/index.ts'
import { type Files, fixWith, loadFiles, syntaxProblemsOf } from './lint-files.ts'

/** One text is `nginx.conf`; a table holds files by their path below /etc/nginx, or by an absolute one. */
type Texts = string | Files

interface CleanRow {
  readonly good: Texts
  readonly nginxVersion?: string
}

interface CaughtRow {
  /** Guillemets mark the range of each problem, in order; several of one range share them. */
  readonly bad: Texts
  /** The whole message of each problem, in order. */
  readonly says: readonly string[]
  /** Of every problem; the rule's own where nothing is said. */
  readonly severity?: Exclude<Severity, 'off'>
  /** `file:line: message` of every related place, in order; not looked at where nothing is said. */
  readonly related?: readonly string[]
  /** All files that a run of the fixer changes; files that are not named must stay as they are. */
  readonly fixed?: Texts
  /** Why the fixer leaves it, or, beside `fixed`, leaves a part of it. */
  readonly unfixable?: string
  /** Whether the fixes are for `--unsafe-fixes` only. */
  readonly unsafe?: true
  readonly nginxVersion?: string
}

interface RuleTable {
  readonly clean: Readonly<Record<string, Texts | CleanRow>>
  readonly caught: Readonly<Record<string, CaughtRow>>
}

/** @param id name of the rule: the path of its file below rules/, without the ending */
export function testRule(id: string, { clean, caught }: RuleTable): void {
  describe(id, () => {
    let registered: RegisteredRule
    beforeAll(async () => {
      const module = (await import(`../../rules/${id}.ts`)) as { default: Rule }
      registered = { id, rule: module.default }
    })

    test.each(Object.entries(clean))('clean: %s', (_, row) => checkClean(registered, asCleanRow(row)))
    test.each(Object.entries(caught))('caught: %s', (_, row) => checkCaught(registered, row))
  })
}

/**
 * A configuration in a template: taken as it is written, backslashes too. Where it begins on a line of its own, the
 * indentation that all its lines share is taken off.
 */
export function conf(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw({ raw: strings.raw }, ...values)
  if (!text.startsWith('\n')) return text
  const lines = text.slice(1).split('\n')
  if (lines.at(-1)?.trim() === '') lines[lines.length - 1] = ''
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = Math.min(...indentations)
  return lines.map((line) => line.slice(shared)).join('\n')
}

function asCleanRow(row: Texts | CleanRow): CleanRow {
  return typeof row !== 'string' && typeof row.good !== 'undefined' ? (row as CleanRow) : { good: row as Texts }
}

function checkClean(rule: RegisteredRule, { good, nginxVersion }: CleanRow): void {
  const files = asFiles(good)
  expect(unmarked(files)).toEqual(files)
  const problems = lint(rule, files, nginxVersion)
  expect({ ...draw(files, problems), says: messages(problems) }).toEqual({ ...files, says: [] })
}

function checkCaught(rule: RegisteredRule, row: CaughtRow): void {
  const marked = asFiles(row.bad)
  const files = unmarked(marked)
  const problems = lint(rule, files, row.nginxVersion)
  expect({ ...draw(files, problems), says: messages(problems) }).toEqual({ ...marked, says: row.says })
  expect(row.says).not.toEqual([])

  const severity = row.severity ?? rule.rule.severity
  expect(problems.map((problem) => problem.severity)).toEqual(problems.map(() => severity))
  if (row.related) expect(problems.flatMap(relatedPlaces)).toEqual(row.related)
  checkFix(rule, row, files, problems)
}

function checkFix({ id, rule }: RegisteredRule, row: CaughtRow, files: Files, problems: readonly Problem[]): void {
  const fixes = problems.flatMap(({ fix }) => fix ?? [])
  if (rule.fix === null) {
    expect({ fixes, fixed: row.fixed, unfixable: row.unfixable }).toEqual({ fixes: [] })
    return
  }
  if (row.fixed === undefined) {
    if (row.unfixable === undefined) throw new Error(`${id} has fixes: the row must say "fixed", or why "unfixable"`)
    expect(fixes).toEqual([])
    return
  }
  const safety = row.unsafe ? 'unsafe' : 'safe'
  expect(fixes.map((fix) => fix.safety)).toEqual(fixes.map(() => safety))

  const registered = { id, rule }
  const fixed = fixWith([registered], files, row.nginxVersion)
  expect(fixed).toEqual({ ...files, ...asFiles(row.fixed) })
  const left = lint(registered, fixed, row.nginxVersion)
  if (row.unfixable === undefined) {
    expect(messages(left)).toEqual([])
    expect(syntaxProblemsOf(fixed)).toEqual([])
  } else {
    // Only what no fix can cure may be left.
    expect(left.filter(({ fix }) => fix)).toEqual([])
    expect(left).not.toEqual([])
  }
}

function lint(rule: RegisteredRule, files: Files, nginxVersion: string | undefined): Problem[] {
  return runRules(loadFiles(files, nginxVersion), [rule])
}

function messages(problems: readonly Problem[]): string[] {
  return problems.map(({ message }) => message)
}

function relatedPlaces({ related }: Problem): string[] {
  return related.map(({ file, span, message }) => {
    const name = file.path.replace('/etc/nginx/', '')
    return `${name}:${file.source.lineAt(span.start)}: ${message}`
  })
}

function asFiles(texts: Texts): Files {
  return typeof texts === 'string' ? { 'nginx.conf': texts } : texts
}

// Marks

function unmarked(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(/[«»]/g, '')]))
}

/** The files with the ranges of the problems marked: what the row should have said. */
function draw(files: Files, problems: readonly Problem[]): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const path = name.startsWith('/') ? name : `/etc/nginx/${name}`
      const spans = problems.filter(({ file }) => file.path === path).map(({ span }) => span)
      return [name, mark(text, spans)]
    }),
  )
}

function mark(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  const bytes = encodeFromDisplay(text)
  let drawn = ''
  let at = 0
  for (const [index, { start, end }] of spans.entries()) {
    const before = spans[index - 1]
    // Two problems of one place.
    if (before?.start === start && before.end === end) continue
    drawn += `${decodeForDisplay(bytes.slice(at, start))}«${decodeForDisplay(bytes.slice(start, end))}»`
    at = end
  }
  return drawn + decodeForDisplay(bytes.slice(at))
}
