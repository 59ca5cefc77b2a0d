/** `ngxlint init`: what it finds, what it writes, and that the commands take it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { type Files, Folder } from './run-in.ts'

const MAIN = 'events {}\nhttp { include /etc/nginx/conf.d/*.conf; }\n'
const SITE = 'server { location / { proxy_pass http://a:1; } }\n'

async function initIn<Result>(files: Files, work: (folder: Folder, out: string) => Promise<Result>): Promise<Result> {
  const folder = new Folder(files)
  try {
    const { code, out, err } = await folder.run(['init'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return await work(folder, out)
  } finally {
    folder.remove()
  }
}

const written = (out: string) => [...out.matchAll(/^written: (.+)$/gm)].map(([, name]) => name)
const settingsIn = (folder: Folder) =>
  JSON.parse(folder.read('ngxlint.config.jsonc').replaceAll(/^\s*\/\/.*$/gm, '')) as Record<string, unknown>

describe('what it finds', () => {
  test.each<[string, Files, Record<string, unknown>]>([
    ['nothing', {}, {}],
    ['an nginx.conf', { 'nginx.conf': MAIN, 'conf.d/a.conf': SITE }, { root: 'nginx.conf' }],
    ['several', { 'a/nginx.conf': MAIN, 'b/nginx.conf': MAIN }, { root: ['a/nginx.conf', 'b/nginx.conf'] }],
    ['one of another name', { 'proxy/main.conf': MAIN }, { root: 'proxy/main.conf' }],
    ['an nginx.conf beside others', { 'nginx.conf': MAIN, 'example.conf': MAIN }, { root: 'nginx.conf' }],
    ['none in packages of others', { 'node_modules/x/nginx.conf': MAIN }, {}],
    [
      'a Dockerfile',
      {
        'etc/nginx.conf': MAIN,
        'sites/a.conf': SITE,
        Dockerfile:
          'FROM nginx:1.25.3-alpine\nCOPY --chown=a:b ./sites/ /etc/nginx/conf.d/\nCOPY gone /etc/nginx/gone\n',
      },
      { root: 'etc/nginx.conf', pathMap: { '/etc/nginx/conf.d': 'sites' }, nginxVersion: '1.25.3' },
    ],
    [
      'a compose file',
      {
        'nginx.conf': MAIN,
        'sites/a.conf': SITE,
        'docker-compose.yml':
          'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./sites:/etc/nginx/conf.d:ro\n',
      },
      { root: 'nginx.conf', pathMap: { '/etc/nginx/conf.d': 'sites' }, nginxVersion: '1.27' },
    ],
    [
      'an image whose tree is here as it is',
      { 'nginx.conf': MAIN, 'conf.d/a.conf': SITE, Dockerfile: 'FROM nginx:latest\nCOPY conf.d /etc/nginx/conf.d\n' },
      { root: 'nginx.conf' },
    ],
  ])('%s', (_, files, found) =>
    initIn(files, async (folder) => {
      const { $schema, rules, websocket, ...rest } = settingsIn(folder)
      expect(rest).toEqual(found)
    }),
  )
})

describe('what it writes', () => {
  test.each<[string, Files, string[]]>([
    ['no repository', { 'nginx.conf': MAIN }, ['ngxlint.config.jsonc']],
    ['GitHub, and nothing to name', { '.github/x': '' }, ['ngxlint.config.jsonc']],
    ['a repository', { '.git/config': '' }, ['ngxlint.config.jsonc', '.pre-commit-config.yaml']],
    [
      'GitHub, by its folder',
      { '.github/x': '', 'nginx.conf': MAIN },
      ['ngxlint.config.jsonc', '.github/workflows/ngxlint.yml'],
    ],
    [
      'GitHub, by the remote',
      { 'nginx.conf': MAIN, '.git/config': '[remote "origin"]\n\turl = git@github.com:a/b.git\n' },
      ['ngxlint.config.jsonc', '.pre-commit-config.yaml', '.github/workflows/ngxlint.yml'],
    ],
    [
      'GitLab, by the remote',
      { 'nginx.conf': MAIN, '.git/config': '[remote "origin"]\n\turl = https://gitlab.example.com/a/b.git\n' },
      ['ngxlint.config.jsonc', '.pre-commit-config.yaml', '.gitlab-ci.yml'],
    ],
  ])('%s', (_, files, names) =>
    initIn(files, async (folder, out) => {
      expect(written(out)).toEqual(names)
      for (const name of names.filter((each) => each.endsWith('ml'))) expect(parse(folder.read(name))).toBeTruthy()
    }),
  )

  test('what is there stays as it is, and what to add is shown', () => {
    const files = {
      '.git/config': '',
      '.pre-commit-config.yaml': 'repos: []\n',
      '.gitlab-ci.yml': 'a: {}\n',
      'nginx.conf': MAIN,
      'ngxlint.config.yaml': 'ignore: [x]\n',
    }
    return initIn(files, async (folder, out) => {
      expect(written(out)).toEqual([])
      for (const [name, text] of Object.entries(files)) expect(folder.read(name)).toBe(text)
      expect(out).toContain('.pre-commit-config.yaml is there, and stays as it is; add to it:\n\n  - repo: local\n')
      expect(out).toContain('.gitlab-ci.yml is there, and stays as it is; add to it:\n\nngxlint:\n')
      expect(out).toContain('ngxlint.config.yaml is there, and stays as it is\n')
    })
  })

  test('the second time there is nothing to do', () =>
    initIn({ '.git/config': '', '.github/x': '', 'nginx.conf': MAIN }, async (folder) => {
      const names = folder.names()
      const { out } = await folder.run(['init'])
      expect(written(out)).toEqual([])
      expect(out).not.toContain('add to it')
      expect(folder.names()).toEqual(names)
    }))
})

describe('what it wrote works', () => {
  test('the settings: a fragment is linted as a part of the root', () =>
    initIn({ 'deploy/nginx.conf': MAIN, 'deploy/conf.d/a.conf': SITE }, async (folder) => {
      expect((await folder.run(['deploy/conf.d/a.conf'])).out).toBe(
        'no problems in 1 file (as part of deploy/nginx.conf)\n',
      )
      expect((await folder.run([])).err).toContain('reading deploy/nginx.conf, the root in ngxlint.config.jsonc')
    }))

  test('the hook of a folder of its own nginx.conf takes what the published hooks take', () =>
    initIn({ '.git/config': '', 'nginx.conf': MAIN }, async (folder) => {
      const [{ hooks }] = parse(folder.read('.pre-commit-config.yaml')).repos
      const published = parse(readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8'))
      expect(hooks[0].files).toBe(published[0].files)
      expect(hooks[0].require_serial).toBe(true)
    }))

  test('without an nginx.conf, the CI step names the templates that the image renders', () =>
    initIn({ '.github/x': '', 'a b/templates/x.conf.template': SITE }, async (folder, out) => {
      expect(out).toContain('found a b/templates/x.conf.template: read with the nginx.conf of the nginx image')
      const { steps } = parse(folder.read('.github/workflows/ngxlint.yml')).jobs.ngxlint
      expect(steps.at(-1).run).toMatch(/ --format github 'a b\/templates\/x\.conf\.template'$/)
    }))

  test('where ngxlint is installed, hook and CI step run that one', () => {
    const files = {
      'nginx.conf': MAIN,
      '.git/config': '',
      '.github/x': '',
      '.gitlab-ci.yml': '',
      'package.json': '{"devDependencies": {"ngxlint": "*"}}',
    }
    return initIn(files, async (folder, out) => {
      const [{ hooks }] = parse(folder.read('.pre-commit-config.yaml')).repos
      expect(hooks).toMatchObject([{ language: 'system', entry: 'npx --no-install ngxlint --only-named' }])
      const { steps } = parse(folder.read('.github/workflows/ngxlint.yml')).jobs.ngxlint
      expect(steps.slice(-2)).toEqual([{ run: 'npm ci' }, { run: 'npx --no-install ngxlint --format github' }])
      expect(out).toContain('    - npm ci\n    - npx --no-install ngxlint --format codeframe')
      expect(out).not.toContain('from npm')
    })
  })

  test('the hook: its pattern takes files of nginx, and no others', () =>
    initIn({ '.git/config': '', 'deploy/x.y/nginx.conf': MAIN }, async (folder) => {
      const [{ hooks }] = parse(folder.read('.pre-commit-config.yaml')).repos
      expect(hooks).toMatchObject([{ id: 'ngxlint', language: 'node', entry: 'ngxlint --only-named' }])
      const pattern = new RegExp(hooks[0].files)
      const names = [
        'deploy/x.y/nginx.conf',
        'deploy/x.y/conf.d/a.conf',
        'deploy/x.y/templates/a.conf.template',
        'deploy/x.y/sites-available/a',
        'deploy/x.y/snippets/a',
        'deploy/x.y/README.md',
        'deploy/xzy/nginx.conf',
        'other/nginx.conf',
      ]
      expect(names.filter((name) => pattern.test(name))).toEqual(names.slice(0, 5))
    }))
})
