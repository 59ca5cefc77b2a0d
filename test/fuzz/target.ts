/** What has to hold for any text whatever, from the parser to the fixer and the reports. */

import { rules } from '../../rules/index.ts'
import { type ConfigurationFiles, filesOfDump, memoryFiles } from '../../src/config/index.ts'
import { type FixResult, fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { formats, formatterFor } from '../../src/report/index.ts'
import { parse, print, SourceFile, type SyntaxTree, walkStatements } from '../../src/syntax/index.ts'

/** Something that must not be. */
export class Broken extends Error {}

/** More than any text of a fuzzer's size may take, on a busy machine. */
const PATIENCE_MS = 10_000
/** In no line that is shown, whatever the format; a line break is one of ours. */
const CONTROL = /(?!\n)\p{Control}/u

/**
 * Runs everything on a text: one file, or several as `nginx -T` prints them.
 * @param text one char per byte
 * @returns what was seen, in words: a text that shows something new is worth keeping
 * @throws Broken, or whatever is thrown
 */
export async function check(text: string): Promise<Set<string>> {
  const start = performance.now()
  checkParser(text)
  const { main, files } = filesOfDump(text) ?? { main: '/nginx.conf', files: memoryFiles({ '/nginx.conf': text }) }
  const linted = lintRoots([main], files, rules)
  for (const { file, span } of linted.problems)
    demand(span.start >= 0 && span.start <= span.end && span.end <= file.source.text.length, 'a span is in its file')
  const results = [false, true].map((unsafe) => checkFixes(main, files, unsafe))
  await checkReports({ problems: linted.problems, fixed: results[0]?.fixed ?? [], files: linted.files })
  const took = performance.now() - start
  demand(took < PATIENCE_MS, `it took ${Math.round(took)} ms`)
  return featuresOf(results)
}

function checkParser(text: string): void {
  const tree = parse(new SourceFile('/nginx.conf', text), nginxGrammar)
  demand(print(tree) === text, 'printing a parse returns the input')
  if (tree.problems.length === 0 || !tree.isSure) return
  const repairs = tree.problems.flatMap(({ repair }) => repair ?? []).sort((one, other) => other.start - one.start)
  const mended = repairs.reduce(
    (old, { start, end, text: fresh }) => old.slice(0, start) + fresh + old.slice(end),
    text,
  )
  const again = parse(new SourceFile('/nginx.conf', mended), nginxGrammar)
  demand(
    headsOf(tree) === headsOf(again),
    'where nothing is in doubt, a text is read as it is read with its repairs made',
  )
}

function headsOf(tree: SyntaxTree): string {
  return [...walkStatements(tree.statements)]
    .map(
      ({ words, parent, children }) =>
        `${parent?.index} ${words.map(({ value }) => value).join(' ')} ${children !== undefined}`,
    )
    .join('\n')
}

function checkFixes(main: string, files: ConfigurationFiles, unsafe: boolean): FixResult {
  const result = fixConfigurations([main], files, rules, { unsafe })
  const faults = findFaults(result, unsafe)
  demand(faults.length === 0, `the fixes do only what they say: ${faults[0]}`)
  const texts = new Map(result.changes.map(({ realPath, newText }) => [realPath, newText]))
  const again = fixConfigurations([main], overlay(files, texts), rules, { unsafe })
  demand(again.changes.length === 0 || result.passes >= 10, 'a second run has nothing to fix')
  return result
}

function overlay(files: ConfigurationFiles, texts: ReadonlyMap<string, string>): ConfigurationFiles {
  const read: ConfigurationFiles['read'] = (path) => {
    const text = texts.get(files.realPath(path))
    return text === undefined ? files.read(path) : { text }
  }
  return { ...files, read }
}

const TOOL = { version: '0.0.0', rules, pageOf: () => undefined }

async function checkReports(
  report: Pick<Parameters<Awaited<ReturnType<typeof formatterFor>>>[0], 'problems' | 'fixed' | 'files'>,
) {
  for (const format of formats) {
    const formatter = await formatterFor(format)
    const shown = formatter(
      { ...report, isFixing: false, isUnsafe: false },
      { cwd: '/', width: 80, hasColor: false },
      TOOL,
    )
    demand(!CONTROL.test(shown), `${format} holds no control characters`)
  }
}

function featuresOf(results: readonly FixResult[]): Set<string> {
  const features = new Set<string>()
  for (const { after, fixed, passes } of results) {
    for (const problem of [...after.problems, ...fixed]) {
      const kind = problem.ruleId === 'syntax' ? problem.message.replace(/"[^"]*"|\d+/g, '…') : problem.severity
      features.add(`${problem.ruleId} ${kind} ${problem.fix?.safety ?? 'unfixed'}`)
    }
    for (const { ruleId } of fixed) features.add(`fixed ${ruleId}`)
    features.add(`${passes} passes`)
    const unresolved = after.roots.flatMap(({ configuration }) => configuration.unresolved)
    for (const include of unresolved) features.add(`include: ${include.unresolved?.reason}`)
  }
  return features
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Broken(`does not hold: ${what}`)
}
