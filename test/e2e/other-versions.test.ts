/**
 * The short proofs, and the tables that say what nginx does, asked of other versions than the nginx at hand: those that NGINX_BINS
 * names, or that .ci/run has fetched.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { skipLoudly } from './describe-with-nginx.ts'
import { isExecutable } from './nginx-binary.ts'
import { ROOT } from './packed-package.ts'

const FETCHED = join(ROOT, 'node_modules/.cache/nginx')
const TIMEOUT_MS = 120_000
const RUNS = '150'

const PROVE = ['--import', './.ci/typescript.mjs', 'test/prove/prove.ts']
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '-i',
]

const TABLES = [
  ...[
    'version-facts',
    'variables-agreement',
    'refusals-agreement',
    'backend-agreement',
    'stream-agreement',
    'harness',
  ].map((name) => `e2e/${name}`),
  'effective/agreement',
]

/** What is run with each, and what it prints when all is well. */
const ASKED: Readonly<Record<string, readonly [args: readonly string[], end: RegExp]>> = {
  'the model': [[...PROVE, 'model', '--runs', RUNS], /^nothing disagrees$/m],
  'the fixes': [[...PROVE, 'fixes', '--runs', RUNS], /^nothing disagrees$/m],
  'the fixtures': [[...PROVE, 'fixtures'], /^nothing disagrees$/m],
  'the tables': [
    [...JEST, ...TABLES.map((name) => `test/${name}.test.ts`)],
    /^Tests: [1-9]\d* passed, 0 failed, 0 skipped$/m,
  ],
}

function otherNginxes(): string[] {
  const named = process.env.NGINX_BINS
  if (named !== undefined) return named.split(delimiter).filter(Boolean)
  const suites = existsSync(FETCHED) ? readdirSync(FETCHED).sort() : []
  return suites.map((suite) => join(FETCHED, suite, 'nginx')).filter(isExecutable)
}

function addTests(nginx: string, add: (name: string, run: () => void) => void): void {
  for (const [name, [args, end]] of Object.entries(ASKED))
    add(name, () => {
      const env = { ...process.env, NGINX_BIN: nginx }
      const options = { cwd: ROOT, env, encoding: 'utf8', timeout: TIMEOUT_MS } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
      expect(stdout + stderr).toMatch(end)
      expect(status).toBe(0)
      for (const line of stdout.match(/^(?:nginx \d|seed |\d+ WebSocket).*$/gm) ?? []) process.stderr.write(`${line}\n`)
    })
}

const found = otherNginxes()
for (const nginx of found) describe(nginx, () => addTests(nginx, (name, run) => test(name, run, TIMEOUT_MS + 10_000)))

if (found.length === 0) {
  const how =
    'other versions of nginx (on Debian .ci/get-nginx fetches some, and .ci/run calls it; or NGINX_BINS names them)'
  skipLoudly('other versions of nginx', (add) => addTests('', add), how)
}
