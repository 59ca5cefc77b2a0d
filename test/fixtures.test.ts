/**
 * Whole configurations, as people have them: `bad` is flagged, and one run of `--fix` makes `fixed` of it, byte for byte;
 * `good` is another way to do it right. Where a fixture has its bad configuration in no folder of that name, it stands
 * beside the others. `findings.txt` lists what is wrong with the bad one.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { rules } from '../rules/index.ts'
import type { PathMapping } from '../src/config/index.ts'
import { diskFiles } from '../src/config/node-files.ts'
import { fixConfigurations } from '../src/fix/fix-configuration.ts'
import { lintRoots } from '../src/lint/lint-roots.ts'
import { nginxGrammar } from '../src/nginx/grammar.ts'
import { parse, print, SourceFile } from '../src/syntax/index.ts'

const root = realpathSync(fileURLToPath(new URL('../fixtures/', import.meta.url)))
const names = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))

describe.each(names)('%s', (name) => {
  const folder = join(root, name)
  const bad = existsSync(join(folder, 'bad')) ? join(folder, 'bad') : folder
  const fixed = join(folder, 'fixed')
  const good = join(folder, 'good')

  test('every file is printed as it is', () => {
    for (const path of filesIn(folder)) {
      const text = textOf(path)
      expect(print(parse(new SourceFile(path, text), nginxGrammar))).toBe(text)
    }
  })

  test('the bad one is flagged', () => {
    const findings = readFileSync(join(folder, 'findings.txt'), 'utf8').trimEnd().split('\n')
    expect(findingsIn(bad)).toEqual(findings)
  })

  test('one run of the fixer makes the fixed one of it', () => {
    const written = new Map(changesOf(bad).map(({ realPath, newText }) => [realPath, newText]))
    const expected = filesIn(fixed).map((path) => relative(fixed, path))
    if (bad !== folder) expect(filesIn(bad).map((path) => relative(bad, path))).toEqual(expected)
    for (const path of expected) {
      const text = written.get(join(bad, path)) ?? textOf(join(bad, path))
      expect({ path, text }).toEqual({ path, text: textOf(join(fixed, path)) })
    }
    expect(written.size).toBeGreaterThan(0)
  })

  test('the fixed one is silent, and a second run changes no byte', () => {
    expect(findingsIn(fixed)).toEqual([])
    expect(changesOf(fixed)).toEqual([])
  })

  test('the good one is silent', () => {
    expect(findingsIn(good)).toEqual([])
  })
})

/** `file:line rule`, in order. */
function findingsIn(folder: string): string[] {
  const { problems } = lintRoots(rootsIn(folder), diskFiles, rules, { load: { mappings: mappingsFor(folder) } })
  return problems.map(
    ({ file, span, ruleId }) => `${relative(folder, file.realPath)}:${file.source.lineAt(span.start)} ${ruleId}`,
  )
}

function changesOf(folder: string) {
  return fixConfigurations(rootsIn(folder), diskFiles, rules, { load: { mappings: mappingsFor(folder) } }).changes
}

/** The nginx.conf of a tree; where there is none, each file for itself. */
function rootsIn(folder: string): string[] {
  const main = ['nginx.conf', 'etc/nginx/nginx.conf']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
  return main.length > 0 ? main : filesIn(folder)
}

/** A tree with an etc/ in it is the root of a machine. */
function mappingsFor(folder: string): PathMapping[] {
  return existsSync(join(folder, 'etc')) ? [{ from: '/', to: folder }] : []
}

/** The files of a folder and those below, in order; links are left out, what they lead to is a file of its own. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'findings.txt')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** One char per byte. */
function textOf(path: string): string {
  return readFileSync(path, 'latin1')
}
