/** What the shells are offered; test/e2e/completion.test.ts presses Tab in one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { complete } from '../../src/cli/complete.ts'
import { Folder } from './run-in.ts'

let folder: Folder
beforeAll(() => {
  folder = new Folder({ 'nginx.conf': '', 'rules.conf': '', 'rules.d/x': '' })
})
afterAll(() => folder.remove())

const offered = (shell: string, ...words: string[]) => complete(words, { cwd: folder.path, env: { SHELL: shell } })

describe('bash', () => {
  test.each<[string[], string[]]>([
    [['--form'], ['--format']],
    [['--no-'], ['--no-config', '--no-baseline', '--no-color']],
    [['-f', 'git'], ['github', 'gitlab'].filter((name) => name.startsWith('git'))],
    [['-f', 'json', '-f', 'sa'], ['sarif']],
    // bash breaks words at "=" and ":".
    [['--format', '=', 'sa'], ['sarif']],
    [['--rule', 'syntax', ':', 'w'], ['warn']],
    [['--rule', '=', 'syntax', ':', 'o'], ['off']],
    [['--rule', 'websocket/upg'], ['websocket/upgrade-header:off']],
    [['--format', 'sarif', ':', 'out'], []],
    [['--max-warnings', ''], []],
    [['explain', 'upgrade'], ['upgrade-header']],
    [['explain', 'websocket/upgrade'], ['websocket/upgrade-header']],
    [
      ['explain', 'duplic'],
      ['duplicate', 'duplicate-name'],
    ],
    [['explain', 'syntax', ''], []],
    [['expl'], ['explain']],
    [['nginx.conf', 'expl'], []],
    [['rul'], ['rules', 'rules.conf', 'rules.d/']],
    [
      ['rules', '--c'],
      ['--config', '--color'],
    ],
    [['init', '--c'], ['--color']],
    [[''], []],
    [[], []],
  ])('%j', (words, expected) => expect(offered('/bin/bash', ...words)).toEqual(expected))
})

describe('zsh', () => {
  test.each<[string[], string[]]>([
    [['--format=sa'], ['--format=sarif']],
    [['--rule', 'syntax:w'], ['syntax\\:warn']],
    [['--rule=syntax:w'], ['--rule=syntax\\:warn']],
    [['--qui'], ['--quiet:errors only']],
  ])('%j', (words, expected) => expect(offered('/usr/bin/zsh', ...words)).toEqual(expected))
})
