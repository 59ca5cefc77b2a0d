/** The completion script in a real bash, with Tab pressed in it. (zsh completes on terminals only.) */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { MAIN } from './ngxlint.ts'
import { newFolder } from './workspace.ts'

jest.setTimeout(60_000)

let folder: string
beforeAll(() => {
  folder = newFolder()
  mkdirSync(join(folder, 'bin'))
  mkdirSync(join(folder, 'work/conf.d'), { recursive: true })
  for (const name of ['nginx.conf', 'example.conf', 'export.conf', 'rules.conf'])
    writeFileSync(join(folder, 'work', name), '')
  // Completes as ngxlint does; else it tells its arguments.
  const command = join(folder, 'bin/ngxlint')
  writeFileSync(
    command,
    `#!/bin/sh
case $1 in
  completion|--get-yargs-completions) exec '${process.execPath}' '${MAIN}' "$@";;
  *) printf '<%s>' "$@"; echo;;
esac
`,
  )
  chmodSync(command, 0o755)
})

const environment = (shell: string) => ({
  PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
  SHELL: shell,
  HOME: folder,
  TERM: 'dumb',
  INPUTRC: '/dev/null',
  LC_ALL: 'C',
})

const LINES: readonly [typed: string, expected: string][] = [
  ['--form\tjs\t', '<--format><json>'],
  ['--format=js\t', '<--format=json>'],
  ['-f gith\t', '<-f><github>'],
  ['--rule websocket/upg\t', '<--rule><websocket/upgrade-header:off>'],
  ['--rule syntax:w\t', '<--rule><syntax:warn>'],
  ['--rule=syntax:w\t', '<--rule=syntax:warn>'],
  ['--nginx-version a\t', '<--nginx-version><auto>'],
  ['explain websocket/upg\t', '<explain><websocket/upgrade-header>'],
  ['explain upg\t', '<explain><upgrade-header>'],
  ['expl\tupg\t', '<explain><upgrade-header>'],
  // Nothing of ours: files.
  ['ng\t', '<nginx.conf>'],
  ['con\t', '<conf.d/>'],
  ['--fix exa\t', '<--fix><example.conf>'],
  ['-o exp\t', '<-o><export.conf>'],
]

test('bash', () => {
  const typed = ['source <(ngxlint completion)', ...LINES.map(([line]) => `ngxlint ${line}`), 'exit', '']
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '--noprofile', '-i'], {
    cwd: join(folder, 'work'),
    env: environment('/bin/bash'),
    input: typed.join('\n'),
    encoding: 'utf8',
    timeout: 50_000,
  })
  expect({ status, stderr: stderr.includes('syntax error') }).toEqual({ status: 0, stderr: false })
  expect(stdout.split('\n').filter((line) => line.startsWith('<'))).toEqual(LINES.map(([, expected]) => expected))
})
