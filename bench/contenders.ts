import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Sample } from './generate.ts'
import type { Contender } from './measure.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

export const bareNode: Contender = { name: 'node -e 0', command: ['node', '-e', '0'] }

/** The built command. */
export function ngxlint(name: string, ...args: string[]): Contender {
  return { name, command: ['node', `${PACKAGE}dist/src/cli/main.js`, ...args] }
}

/** What else reads a configuration, as far as this machine has it. */
export function others({ path, files }: Sample): Contender[] {
  const found: Contender[] = []
  if (runs('nginx', '-v')) found.push({ name: 'nginx -t', command: ['nginx', '-t', '-c', path] })
  found.push({ name: 'node, bytes only', command: ['node', '-e', `require('fs').readFileSync('${path}', 'latin1')`] })
  // It follows no includes: of many files it would read one.
  if (files < 10) found.push({ name: 'nginx-conf, parse only', command: ['node', '-e', nginxConf(path)], cwd: PACKAGE })
  const python = ['python3', 'python'].find((program) => runs(program, '-c', 'import crossplane'))
  if (python) {
    const program = `import crossplane; crossplane.parse('${path}', check_ctx=False, check_args=False)`
    found.push({ name: 'crossplane, parse only', command: [python, '-c', program] })
  }
  return found
}

function nginxConf(path: string): string {
  return `new (require('nginx-conf').NginxParser)().parse(require('fs').readFileSync('${path}', 'utf8'), (error) => { if (error) throw error })`
}

export function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

/** The first line that a program says of its version. */
export function versionOf(program: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')[0] || 'not found'
}
