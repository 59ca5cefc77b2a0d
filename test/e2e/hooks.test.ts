/** The hooks of .pre-commit-hooks.yaml and docs/ci.md, on staged files in real git repositories. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import picomatch from 'picomatch'
import { parse } from 'yaml'
import { filesIn, readDocument } from '../docs.ts'
import { answers, canBuild, committedCopy } from './own-repository.ts'
import { CHAT, Repository } from './repository.ts'
import { newFolder } from './workspace.ts'

jest.setTimeout(60_000)

const documented = filesIn(readDocument('docs/ci.md'))

interface Hook {
  readonly id: string
  readonly entry: string
  readonly files: string
  readonly require_serial: boolean
}
const hooks: readonly Hook[] = parse(readDocument('.pre-commit-hooks.yaml'))

/** What pre-commit would hand to a hook, one blank between. */
function matching({ files }: Hook, repository: Repository): string {
  const pattern = new RegExp(files)
  const staged = repository.git('diff', '--cached', '--name-only', '--diff-filter=ACMR').trim().split('\n')
  return staged.filter((name) => pattern.test(name)).join(' ')
}

describe.each(hooks)('the entry of $id', (hook) => {
  test.each<[string, boolean]>([
    ['nginx.conf', true],
    ['deploy/my-nginx.prod.conf', true],
    ['nginx/conf.d/a.conf', true],
    ['conf.d/a.conf', true],
    ['docker/nginx/templates/default.conf.template', true],
    ['etc/nginx/snippets/ws.conf', true],
    ['etc/nginx/sites-available/example.com', true],
    ['streams-enabled/dns', true],
    ['templates/default.conf.template', true],
    ['templates/deployment.conf', false],
    ['postgresql.conf', false],
    ['nginx/README.md', false],
    ['notes-on-nginx.md', false],
    ['mynginx/conf.d.bak', false],
    ['sites-available.txt', false],
  ])('%s: %s', (name, isTaken) => expect(new RegExp(hook.files).test(name)).toBe(isTaken))

  test('on staged files', () => {
    const repository = new Repository()
    const names = matching(hook, repository)
    expect(names).toBe('nginx/conf.d/chat.conf nginx/conf.d/other.conf nginx/nginx.conf')
    const { status, stdout } = repository.run(`${hook.entry} ${names}`)
    const isFixing = hook.id === 'ngxlint-fix'
    expect(status).toBe(isFixing ? 0 : 1)
    expect(stdout).toContain(isFixing ? 'fixed  nginx/conf.d/chat.conf:3:5' : 'nginx/conf.d/chat.conf:3:5')
    expect(repository.git('diff', '--name-only')).toBe(
      isFixing ? 'nginx/conf.d/chat.conf\nnginx/conf.d/other.conf\n' : '',
    )
  })

  test('of two files it speaks of the one that is staged', () => {
    const repository = new Repository()
    repository.git('commit', '--quiet', '--message', 'x')
    repository.write('nginx/conf.d/chat.conf', `${CHAT}# more\n`)
    repository.git('add', '--all')
    const { stdout } = repository.run(`${hook.entry} ${matching(hook, repository)}`)
    expect(stdout).toContain('nginx/conf.d/chat.conf:3:5')
    expect(stdout).not.toContain('other.conf:')
  })

  test('where only the nginx.conf is staged, what it includes is neither reported nor changed', () => {
    const repository = new Repository()
    repository.git('commit', '--quiet', '--message', 'x')
    repository.write('nginx/nginx.conf', 'events {}\nhttp {\n    include conf.d/*.conf;\n}\n# more\n')
    repository.git('add', '--all')
    expect(matching(hook, repository)).toBe('nginx/nginx.conf')
    const { status, stdout } = repository.run(`${hook.entry} nginx/nginx.conf`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'no problems in 1 file\n' })
    expect(repository.git('diff', '--name-only')).toBe('')
  })
})

test('two runs at once would fix each other’s files', () => {
  expect(hooks.map(({ id, require_serial }) => [id, require_serial])).toEqual([
    ['ngxlint', true],
    ['ngxlint-fix', true],
  ])
})

test('the hook of docs/ci.md takes the files that the published ones take, in one run', () => {
  const [{ hooks: own }] = parse(documented.get('.pre-commit-config.yaml') ?? '').repos
  const [{ files, entry, require_serial }] = hooks as [Hook]
  expect(own).toMatchObject([{ files, entry: `npx --no-install ${entry}`, require_serial }])
})

describe('docs/ci.md', () => {
  const commit = (repository: Repository) =>
    repository.run('git -c user.name=A -c user.email=a@example.com commit --message x')

  test('the hook without a program around it', () => {
    const repository = new Repository()
    repository.write('.git/hooks/pre-commit', documented.get('.git/hooks/pre-commit') ?? '', 0o755)
    const refused = commit(repository)
    expect(refused.status).not.toBe(0)
    expect(`${refused.stdout}${refused.stderr}`).toContain('nginx/conf.d/chat.conf:3:5')
    expect(repository.run('npx ngxlint --fix nginx/nginx.conf').status).toBe(0)
    repository.git('add', 'nginx')
    expect(commit(repository).status).toBe(0)
  })

  const lintStaged: Readonly<Record<string, string>> = JSON.parse(documented.get('.lintstagedrc.json') ?? '{}')

  // lint-staged takes patterns with a slash as picomatch does.
  test.each<[string, boolean]>([
    ['nginx.conf', true],
    ['deploy/my-nginx.prod.conf', true],
    ['nginx/conf.d/a.conf', true],
    ['conf.d/a.conf', true],
    ['docker/nginx/templates/default.conf.template', true],
    ['templates/default.conf.template', true],
    ['etc/nginx/sites-available/example.com', true],
    ['postgresql.conf', false],
    ['nginx/README.md', false],
    ['templates/deployment.conf', false],
  ])('lint-staged: %s %s', (name, isTaken) => {
    const [pattern = '', ...others] = Object.keys(lintStaged)
    expect(picomatch.isMatch(name, pattern, { dot: true })).toBe(isTaken)
    // Two commands at once would both fix what both take.
    expect(others).toEqual([])
  })

  test('lint-staged: its command, with the whole paths that lint-staged appends', () => {
    const repository = new Repository()
    const [command] = Object.values(lintStaged)
    expect(repository.run(`${command} ${repository.path}/nginx/conf.d/chat.conf`).status).toBe(0)
    expect(repository.git('diff', '--name-only')).toBe('nginx/conf.d/chat.conf\n')
    expect(documented.get('.husky/pre-commit')).toBe('npx lint-staged\n')
  })
})

const describePreCommit = answers('pre-commit', '--version') ? describe : describe.skip

describePreCommit('the real pre-commit', () => {
  const home = newFolder()

  function preCommit(repository: Repository, config: string) {
    writeFileSync(join(repository.path, '.pre-commit-config.yaml'), config)
    repository.git('add', '--all')
    const { status, stdout, stderr } = spawnSync('pre-commit', ['run'], {
      cwd: repository.path,
      env: { ...repository.environment(), PRE_COMMIT_HOME: home },
      encoding: 'utf8',
      timeout: 400_000,
    })
    return { status, text: stdout + stderr }
  }

  function isCured(repository: Repository): void {
    expect(readFileSync(join(repository.path, 'nginx/conf.d/chat.conf'), 'utf8')).toContain('proxy_http_version 1.1;')
  }

  test('runs the installed ngxlint, as docs/ci.md shows', () => {
    const repository = new Repository()
    const config = documented.get('.pre-commit-config.yaml') ?? ''
    const found = preCommit(repository, config)
    expect(found.text).toContain('nginx/conf.d/chat.conf:3:5')
    expect(found.status).toBe(1)
    const fixed = preCommit(repository, config.replace('ngxlint --only-named', 'ngxlint --fix --only-named'))
    expect(fixed.text).toContain('files were modified by this hook')
    isCured(repository)
    expect(preCommit(repository, config).status).toBe(0)
  })

  const testBuild = canBuild() ? test : test.skip

  testBuild(
    'installs both hooks from a repository and runs them',
    () => {
      const repository = new Repository()
      const hookRepository = committedCopy('v0.1.0')
      const config = (id: string) =>
        `repos:\n  - repo: ${hookRepository}\n    rev: v0.1.0\n    hooks:\n      - id: ${id}\n`
      const found = preCommit(repository, config('ngxlint'))
      expect(found.text).toContain('nginx/conf.d/chat.conf:3:5')
      expect(found.status).toBe(1)
      expect(preCommit(repository, config('ngxlint-fix')).text).toContain('files were modified by this hook')
      isCured(repository)
      expect(preCommit(repository, config('ngxlint')).status).toBe(0)
    },
    600_000,
  )
})
