/** A git repository with an nginx configuration in it, and a PATH on which npx runs the ngxlint that is tested. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MAIN } from './ngxlint.ts'
import { cleanEnvironment } from './packed-package.ts'
import { newFolder } from './workspace.ts'

export const CHAT = `server {
    listen 80;
    location /ws {
        proxy_pass http://127.0.0.1:3000;
    }
}
`

const FILES: Readonly<Record<string, string>> = {
  'nginx/nginx.conf': 'events {}\nhttp {\n    include conf.d/*.conf;\n}\n',
  'nginx/conf.d/chat.conf': CHAT,
  'nginx/conf.d/other.conf': CHAT.replace('listen 80', 'listen 81'),
  'postgresql.conf': 'shared_buffers = 1GB\n',
}

/** As npx does, with the ngxlint that is tested: `npx [--yes|--no-install] ngxlint[@VERSION] …`. */
const NPX = `#!/bin/sh
if [ "$1" = --yes ] || [ "$1" = --no-install ]; then shift; fi
case $1 in ngxlint|ngxlint@*) shift;; *) echo "npx $1: not here" >&2; exit 127;; esac
exec '${process.execPath}' '${MAIN}' "$@"
`

export class Repository {
  readonly path = newFolder()
  readonly #bin = newFolder()

  constructor(files: Readonly<Record<string, string>> = FILES) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
    this.#command('npx', NPX)
    this.#command('ngxlint', NPX.replace(/^if.*\n^case.*\n/m, ''))
    this.git('init', '--quiet')
    this.git('add', '--all')
  }

  write(name: string, text: string, mode = 0o644): void {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    chmodSync(path, mode)
  }

  git(...args: readonly string[]): string {
    const own = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main']
    return execFileSync('git', [...own, ...args], { cwd: this.path, env: this.environment(), encoding: 'utf8' })
  }

  /** Runs a line of a shell. */
  run(line: string, more: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
    const env = { ...this.environment(), ...more }
    return spawnSync('bash', ['-c', line], { cwd: this.path, env, encoding: 'utf8', timeout: 60_000 })
  }

  environment(): NodeJS.ProcessEnv {
    const env = cleanEnvironment()
    // A git that runs these tests as its hook must not be the one that is asked here.
    for (const name of Object.keys(env)) if (/^(?:GIT_|GITHUB_|CI)/.test(name)) delete env[name]
    return { ...env, PATH: `${this.#bin}:${process.env.PATH}`, NO_COLOR: '1' }
  }

  #command(name: string, text: string): void {
    writeFileSync(join(this.#bin, name), text)
    chmodSync(join(this.#bin, name), 0o755)
  }
}
