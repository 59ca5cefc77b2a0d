/** man/ngxlint.1, which `npm run generate` writes. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { commandNames } from '../../src/cli/command-names.ts'
import { diagnoseCommands } from '../../src/cli/diagnose-options.ts'
import { lintOptions } from '../../src/cli/lint-options.ts'

const PATH = fileURLToPath(new URL('../../man/ngxlint.1', import.meta.url))
const page = readFileSync(PATH, 'utf8')

test('names every command and every option', () => {
  const words = page.replaceAll('\\-', '-').replaceAll(/\\f[BIR]/g, '')
  const options = [lintOptions, ...Object.values(diagnoseCommands).map(({ options: own }) => own)].flatMap(Object.keys)
  expect(options.filter((name) => !words.includes(`--${name}`))).toEqual([])
  expect(commandNames.filter((name) => !words.includes(`.SS ngxlint ${name}`))).toEqual([])
})

const hasMan = spawnSync('man', ['--version']).status === 0
const testMan = hasMan ? test : test.skip

testMan('man shows it without a warning', () => {
  const { stdout, stderr, status } = spawnSync('man', ['--warnings', '-l', PATH], {
    env: { ...process.env, MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C' },
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('--unsafe-fixes')
})
