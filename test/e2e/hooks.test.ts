/** The hooks of .pre-commit-hooks.yaml and docs/ci.md, on staged files in real git repositories. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { filesIn, readDocument } from '../docs.ts'
import { cleanEnvironment, ROOT, runIn } from './packed-package.ts'
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
})

test('two runs at once would fix each other’s files', () => {
  expect(hooks.map(({ id, require_serial }) => [id, require_serial])).toEqual([
    ['ngxlint', true],
    ['ngxlint-fix', true],
  ])
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
    expect(repository.run('npx ngxlint --fix nginx/nginx.conf && git rm -q --cached postgresql.conf').status).toBe(0)
    repository.git('add', 'nginx')
    expect(commit(repository).status).toBe(0)
  })

  test('lint-staged: its command, with the whole paths that lint-staged appends', () => {
    const repository = new Repository()
    const [[pattern, command] = []] = Object.entries(JSON.parse(documented.get('lint-staged.config.json') ?? '{}'))
    expect(pattern).toBe('*.{conf,conf.template}')
    expect(repository.run(`${command} ${repository.path}/nginx/conf.d/chat.conf`).status).toBe(0)
    expect(repository.git('diff', '--name-only')).toBe('nginx/conf.d/chat.conf\n')
    expect(documented.get('.husky/pre-commit')).toBe('npx lint-staged\n')
  })
})

/** pre-commit takes the hook's repository from git and installs it with npm, which asks the registry. */
function canPreCommit(): boolean {
  const answers = (command: string, ...args: string[]) =>
    spawnSync(command, args, { timeout: 20_000, env: cleanEnvironment() }).status === 0
  return answers('pre-commit', '--version') && answers('npm', 'view', 'yargs', 'version')
}

const describePreCommit = canPreCommit() ? describe : describe.skip

describePreCommit('the real pre-commit', () => {
  /** What is to be committed here, as a repository of its own. */
  function hookRepository(): string {
    const folder = newFolder()
    const names = runIn(ROOT, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
    for (const name of names.filter(
      (listed) => listed !== '' && statSync(join(ROOT, listed), { throwIfNoEntry: false })?.isFile(),
    )) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      copyFileSync(join(ROOT, name), join(folder, name))
    }
    const git = (...args: string[]) =>
      runIn(folder, 'git', '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args)
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'x')
    git('tag', 'v0.1.0')
    return folder
  }

  test('installs both hooks and runs them', () => {
    const repository = new Repository()
    const config = (documented.get('.pre-commit-config.yaml') ?? '').replace(/repo: .*/, `repo: ${hookRepository()}`)
    const env = { PRE_COMMIT_HOME: newFolder() }
    const run = (id: string) => {
      writeFileSync(join(repository.path, '.pre-commit-config.yaml'), config.replace('id: ngxlint', `id: ${id}`))
      repository.git('add', '--all')
      const { status, signal, stdout, stderr } = spawnSync('pre-commit', ['run'], {
        cwd: repository.path,
        env: { ...repository.environment(), ...env },
        encoding: 'utf8',
        timeout: 400_000,
      })
      return { status, signal, text: stdout + stderr }
    }
    const found = run('ngxlint')
    expect(found.text).toContain('nginx/conf.d/chat.conf:3:5')
    expect(found.status).toBe(1)
    const fixed = run('ngxlint-fix')
    expect(fixed.text).toContain('files were modified by this hook')
    expect(readFileSync(join(repository.path, 'nginx/conf.d/chat.conf'), 'utf8')).toContain('proxy_http_version 1.1;')
    repository.git('add', '--all')
    expect(run('ngxlint').status).toBe(0)
  }, 600_000)
})
