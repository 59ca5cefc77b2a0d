import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import Ajv4 from 'ajv-draft-04'
import type { Log, Run } from 'sarif'
import { rules } from '../../rules/index.ts'
import { pageOf } from '../../src/cli/pages.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { diskFiles } from '../../src/config/node-files.ts'
import { withBuiltIn } from '../../src/lint/built-in.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Report, Tool } from '../../src/report/index.ts'
import { applyEdits } from '../../src/syntax/index.ts'
import { app, CLEAN, DISPLAY, FIXED, print, problem, REPORT, TOOL } from './sample.ts'

const PACKAGED: Tool = { version: '1.2.3', rules: withBuiltIn(rules), pageOf }

/** The published schema, as a package of its authors ships it. */
const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
// Its formats (uri, date-time) are of no package here; the uris are looked at below. One of its patterns is none in
// the Unicode mode of regular expressions.
const options = { strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }
const isValid = new Ajv4.default(options).compile(schema)

async function runOf(report: Report, display = DISPLAY, tool = TOOL): Promise<Run> {
  const log: Log = JSON.parse(await print('sarif', report, display, tool))
  isValid(log)
  expect(isValid.errors ?? []).toEqual([])
  return log.runs[0] as Run
}

describe('sarif', () => {
  test('problems', async () => expect(JSON.parse(await print('sarif', REPORT))).toMatchSnapshot())
  test('the schema is one that says no', () => expect(isValid({ version: '2.1.0', runs: [{}] })).toBe(false))
  test('what was fixed is no result', async () => expect((await runOf(FIXED)).results).toHaveLength(1))
  test('nothing', async () => {
    const { results, tool } = await runOf(CLEAN)
    expect([results, tool.driver.rules]).toEqual([[], []])
  })

  test('each result names its rule by its index', async () => {
    const { results = [], tool } = await runOf(REPORT)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules?.[ruleIndex as number]?.id).toBe(ruleId)
  })

  test('paths are relative to the root, percent-encoded; those outside are whole', async () => {
    const uris = async (path: string) => {
      const { files } = lintRoots([path], memoryFiles({ [path]: 'x' }), [])
      const { results = [] } = await runOf({ ...REPORT, problems: [problem('x', {}, files[0])] })
      return results[0]?.locations?.[0]?.physicalLocation?.artifactLocation
    }
    expect(await uris('/etc/nginx/a b/50%:é.conf')).toEqual({
      uri: 'a%20b/50%25%3A%C3%A9.conf',
      uriBaseId: '%SRCROOT%',
    })
    expect(await uris('/srv/#1.conf')).toEqual({ uri: 'file:///srv/%231.conf' })
  })

  test('the regions of a fix are those of its edits', async () => {
    const edits = [
      { start: app.source.text.indexOf('caf'), end: app.source.text.indexOf('caf') + 5, text: 'th\xc3\xa9' },
      { start: 0, end: 0, text: '# a\n' },
    ]
    const fix = { safety: 'safe' as const, edits: edits.map((edit) => ({ file: app, edit })) }
    const { results = [] } = await runOf({ ...REPORT, problems: [problem('caf', { fix })] })
    const [change] = results[0]?.fixes?.[0]?.artifactChanges ?? []
    // As an editor would make them: in code points of a decoded text.
    let text = [...Buffer.from(app.source.text, 'latin1').toString()]
    const offset = (line = 1, column = 1) =>
      [
        ...text
          .join('')
          .split('\n')
          .slice(0, line - 1)
          .join('\n'),
      ].length + column
    for (const { deletedRegion: region, insertedContent } of change?.replacements ?? []) {
      const start = offset(region.startLine, region.startColumn) - (region.startLine === 1 ? 1 : 0)
      const end = offset(region.endLine, region.endColumn) - (region.endLine === 1 ? 1 : 0)
      text = [...text.slice(0, start), ...(insertedContent?.text ?? ''), ...text.slice(end)]
    }
    const expected = applyEdits(app.source.text, edits)
    expect(text.join('')).toBe(Buffer.from(expected, 'latin1').toString())
  })

  test('a fix whose bytes JSON can’t hold is left out', async () => {
    const edit = { start: 0, end: 0, text: '\xff' }
    const fix = { safety: 'safe' as const, edits: [{ file: app, edit }] }
    const { results = [] } = await runOf({ ...REPORT, problems: [problem('caf', { fix })] })
    expect(results[0]).not.toHaveProperty('fixes')
  })

  test('what a file holds makes no link', async () => {
    const message = 'location "[here](https://example.com)" and [0-9] do'
    const { results = [] } = await runOf({ ...REPORT, problems: [problem('caf', { message })] })
    expect(results[0]?.message.text).toBe('location "\\[here](https://example.com)" and [0-9] do')
  })
})

describe('fingerprints', () => {
  const fingerprints = async (text: string) => {
    const { files } = lintRoots(['/etc/nginx/a.conf'], memoryFiles({ '/etc/nginx/a.conf': text }), [])
    const file = files[0] as (typeof files)[0]
    const places = [...text.matchAll(/bad/g)]
    const problems = places.map(({ index }) => ({ ...problem('', {}, file), span: { start: index, end: index + 3 } }))
    const { results = [] } = await runOf({ ...REPORT, problems })
    return results.map(({ partialFingerprints }) => partialFingerprints?.['ngxlint/v1'])
  }

  test('stay when lines move, and when blanks change', async () => {
    const before = await fingerprints('good;\nbad 1;\nbad 2;\n')
    expect(new Set(before).size).toBe(2)
    expect(await fingerprints('more;\ngood;\n\n\tbad  1;\n # x\n  bad 2;\r\n')).toEqual(before)
  })

  test('tell lines that are alike from each other', async () => {
    const [first, second] = await fingerprints('bad;\nbad;\n')
    expect(first).not.toBe(second)
  })
})

test('what the fixtures give, with every rule and its page, fits the schema', async () => {
  const folder = fileURLToPath(new URL('../../fixtures', import.meta.url))
  const mains = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /nginx\.conf$/.test(path))
  expect(mains.length).toBeGreaterThan(5)
  const linted = lintRoots(
    mains.map((path) => join(folder, path)),
    diskFiles,
    rules,
  )
  const { results = [], tool } = await runOf({ ...REPORT, ...linted }, { ...DISPLAY, cwd: folder }, PACKAGED)
  expect(results.length).toBeGreaterThan(20)
  expect(tool.driver.rules?.filter(({ help }) => !help?.markdown)).toEqual([])
  const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints?.['ngxlint/v1'])
  expect(new Set(fingerprints).size).toBe(results.length)
})
