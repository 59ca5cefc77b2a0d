/** What docs/ci.md shows for continuous integration, and what it leads to: action.yml, integrations/. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { filesIn, readDocument } from '../docs.ts'
import { ROOT } from './packed-package.ts'
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
    const outcome = repository.run(script, {
      NGXLINT_PATHS: '',
      NGXLINT_OPTIONS: '',
      NGXLINT_VERSION: 'latest',
      NGXLINT_SARIF: 'ngxlint.sarif',
      ...inputs,
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

  test('the workflow of the docs', () => {
    const { jobs, permissions } = parse(documented.get('.github/workflows/ngxlint.yml') ?? '')
    const [, step] = jobs.ngxlint.steps
    expect(step.uses).toMatch(/^OWNER\/ngxlint@v/)
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
    expect(permissions['security-events']).toBe('write')
  })

  test('one line', () => {
    const { status, stdout } = new Repository().run(commands.get('github') ?? '')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=nginx\/conf\.d\/chat\.conf,/m)
  })
})

test('GitLab: the template, with what the docs set', () => {
  const { ngxlint } = parse(readDocument('integrations/gitlab-ci.yml'))
  const own = parse(documented.get('.gitlab-ci.yml') ?? '')
  expect(own.include[0].remote).toMatch(/\/integrations\/gitlab-ci\.yml$/)
  const repository = new Repository()
  const [line] = ngxlint.script
  const { status, stdout } = repository.run(line, { ...ngxlint.variables, ...own.ngxlint.variables })
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

test('the Dockerfile copies what is there', () => {
  // No image can be pulled where these tests run; what it runs, package.test.ts runs.
  const dockerfile = readDocument('integrations/Dockerfile')
  expect(commands.get('docker')).toContain('-f integrations/Dockerfile .')
  expect(dockerfile).toContain('npm ci && npm pack')
  expect(dockerfile).toContain('ENTRYPOINT ["ngxlint"]')
})
