/** What docs/ci.md shows for continuous integration, and what it leads to: action.yml, integrations/. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { filesIn, readDocument } from '../docs.ts'
import { canBuild, copyOfRepository } from './own-repository.ts'
import { cleanEnvironment, ROOT } from './packed-package.ts'
import { Repository } from './repository.ts'
import { newFolder } from './workspace.ts'

jest.setTimeout(60_000)

const document = readDocument('docs/ci.md')
const documented = filesIn(document)
const commands = new Map(
  [...document.matchAll(/<!-- run: (\S+) -->\n```sh\n(.*?)^```$/gms)].map(([, name, text]) => [name, text as string]),
)

describe('GitHub', () => {
  const action = parse(readDocument('action.yml'))
  const script = join(ROOT, 'integrations/github-action')

  function runAction(repository: Repository, inputs: Readonly<Record<string, string>> = {}) {
    const output = join(newFolder(), 'output')
    const [, step] = action.runs.steps
    // What the step says itself, with the inputs as GitHub fills them in.
    const env = Object.entries(step.env as Readonly<Record<string, string>>).map(([name, value]) => [
      name,
      inputs[name] ?? value.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, input) => action.inputs[input].default),
    ])
    const outcome = repository.run(`set -eo pipefail\n${step.run}`, {
      ...Object.fromEntries(env),
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: output,
      GITHUB_WORKSPACE: repository.path,
      GITHUB_ACTIONS: 'true',
    })
    return { ...outcome, outputs: existsSync(output) ? readFileSync(output, 'utf8') : '' }
  }

  test('each input is one, and reaches the script by the environment only', () => {
    const used = [...JSON.stringify(action.runs).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
    const [, step] = action.runs.steps
    expect(step.run).toBe('"$GITHUB_ACTION_PATH/integrations/github-action"')
    const read = new Set([...readFileSync(script, 'utf8').matchAll(/\$\{?(NGXLINT_\w+)/g)].map(([, name]) => name))
    expect(read).toEqual(new Set(Object.keys(step.env)))
    accessSync(script, constants.X_OK)
  })

  test('annotations and SARIF', () => {
    const repository = new Repository()
    const { status, stdout, outputs } = runAction(repository, { NGXLINT_PATHS: 'nginx/nginx.conf\n' })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=nginx\/conf\.d\/chat\.conf,line=3,endLine=3,col=5,/m)
    expect(outputs).toBe(`sarif=${repository.path}/ngxlint.sarif\n`)
    const sarif = JSON.parse(readFileSync(join(repository.path, 'ngxlint.sarif'), 'utf8'))
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('nginx/conf.d/chat.conf')
  })

  test('no path, more options, and what looks like a pattern or a command', () => {
    const repository = new Repository()
    const found = runAction(repository, { NGXLINT_OPTIONS: '--quiet --rule websocket/upgrade-header:off' })
    expect(found.stdout).toContain('title=websocket/http-version')
    expect(found.stdout).not.toContain('upgrade-header')
    const odd = runAction(repository, { NGXLINT_PATHS: 'ngin*/nginx.conf; touch gone' })
    expect(odd).toMatchObject({ status: 2, outputs: '' })
    expect(existsSync(join(repository.path, 'gone'))).toBe(false)
  })

  test('the workflow of the docs: its line, and what it uploads', () => {
    const { jobs, permissions } = parse(documented.get('.github/workflows/ngxlint.yml') ?? '')
    const lines: string[] = jobs.ngxlint.steps.flatMap(({ run }: { run?: string }) => run ?? [])
    expect(lines[0]).toBe('npm ci')
    const repository = new Repository()
    const { status, stdout } = repository.run(lines[1] ?? '', { GITHUB_ACTIONS: 'true' })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=nginx\/conf\.d\/chat\.conf,/m)
    const upload = jobs.ngxlint.steps.at(-1)
    expect(JSON.parse(readFileSync(join(repository.path, upload.with.sarif_file), 'utf8')).version).toBe('2.1.0')
    expect(upload.uses).toBe(action.runs.steps.at(-1).uses)
    expect(permissions['security-events']).toBe('write')
  })
})

test('GitLab: the template, with what the docs set', () => {
  const { ngxlint } = parse(readDocument('integrations/gitlab-ci.yml'))
  const own = parse(documented.get('.gitlab-ci.yml') ?? '')
  expect(own.include).toEqual([{ local: '.gitlab/ngxlint.yml' }])
  const repository = new Repository()
  const { status, stdout } = repository.run(ngxlint.script.join('\n'), {
    ...ngxlint.variables,
    ...own.ngxlint.variables,
  })
  expect(status).toBe(1)
  expect(stdout).toContain('nginx/conf.d/chat.conf:3:5')
  const { codequality, junit } = ngxlint.artifacts.reports
  const [issue] = JSON.parse(readFileSync(join(repository.path, codequality), 'utf8'))
  expect(issue.location).toEqual({ path: 'nginx/conf.d/chat.conf', lines: { begin: 3, end: 3 } })
  expect(readFileSync(join(repository.path, junit), 'utf8')).toContain('<testsuites name="ngxlint"')
})

test('several reports', () => {
  const repository = new Repository()
  const { status, stdout } = repository.run(commands.get('reports') ?? '')
  expect(status).toBe(1)
  expect(stdout).toContain('nginx/conf.d/chat.conf:3:5')
  expect(repository.run('ls ngxlint.sarif ngxlint.xml').status).toBe(0)
})

describe('the Dockerfile', () => {
  const lines = readDocument('integrations/Dockerfile').split('\n')

  test('is the one that the docs build, and leaves out what is made', () => {
    expect(commands.get('docker')).toContain('-f integrations/Dockerfile .')
    expect(readDocument('integrations/Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['node_modules', 'dist', '.git']),
    )
  })

  const testBuild = canBuild() ? test : test.skip

  // No image can be pulled where these tests run: a folder stands for its disk, the Node of the tests for its own.
  testBuild(
    'its commands, one by one, end in a command that lints',
    () => {
      const disk = newFolder()
      const inDisk = (text: string) => text.replaceAll(/(?<=^|\s)\/(?=\w)/g, `${disk}/`)
      const npm = { npm_config_prefix: `${disk}/usr`, HOME: `${disk}/root`, npm_config_cache: npmCache() }
      mkdirSync(`${disk}/tmp`)
      let folder = disk
      let entry: string[] = []
      for (const line of lines) {
        const [, instruction, rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
        if (instruction === 'WORKDIR') {
          folder = inDisk(rest)
          mkdirSync(folder, { recursive: true })
        } else if (instruction === 'COPY') {
          const [from, to] = inDisk(rest.replace('--from=build ', '')).split(' ') as [string, string]
          cpSync(
            from === '.' ? copyOfRepository() : from,
            to.endsWith('/') ? `${to}${basename(from)}` : join(folder, to),
            {
              recursive: true,
            },
          )
        } else if (instruction === 'RUN') {
          const env = { ...cleanEnvironment(), ...npm }
          const { status, stderr } = spawnSync('sh', ['-c', inDisk(rest)], { cwd: folder, env, encoding: 'utf8' })
          expect([line, status, status === 0 ? '' : stderr]).toEqual([line, 0, ''])
        } else if (instruction === 'ENTRYPOINT') entry = JSON.parse(rest)
        else expect(line).toMatch(/^(?:FROM node:22-alpine.*|USER node|#.*|)$/)
      }
      cpSync(join(ROOT, 'fixtures/readme'), folder, { recursive: true })
      const linted = spawnSync(`${disk}/usr/bin/${entry[0]}`, ['-f', 'compact', 'nginx.conf'], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(linted.stdout).toMatch(/^nginx\.conf:22:9: error: /)
    },
    300_000,
  )
})

function npmCache(): string {
  return spawnSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).stdout.trim()
}
