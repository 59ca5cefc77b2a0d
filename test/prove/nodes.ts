/** The built command under other versions of Node: it must print and write what it does under this one. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MAIN } from '../e2e/ngxlint.ts'
import { cleanEnvironment, ROOT } from '../e2e/packed-package.ts'
import { makeTree } from '../e2e/tree.ts'
import { newFolder } from '../e2e/workspace.ts'

/** The oldest of each line that package.json allows, and the newest of those that are maintained. */
export const NODES = ['20.19.0', '20', '22.12.0', '22', '23.0.0', '24', '25', '26']

const FETCH_TIMEOUT_MS = 120_000
const TIMEOUT_MS = 30_000

const PLUGIN = `
export default {
  rules: {
    'team/seen': {
      summary: 'x',
      severity: 'warn',
      whole({ model }, report) {
        for (const directive of model.configuration.directives) report({ at: directive, message: directive.name })
      },
    },
  },
}
`

/** Each is run in a copy of the fixtures, one after the other. */
const COMMANDS: readonly (readonly string[])[] = [
  ['--help'],
  ['--version'],
  ['rules'],
  ['explain', 'websocket/upgrade-header'],
  ['explain', 'proxy_http_version'],
  ['completion'],
  ['snippet'],
  ['no-such-file.conf'],
  ['--no-such-option'],
  ['fixtures'],
  ['-f', 'json', 'fixtures'],
  ['-f', 'sarif', 'fixtures'],
  ['-f', 'junit', 'fixtures/readme/nginx.conf'],
  ['--threads', '2', 'fixtures/readme/nginx.conf', 'fixtures/hand-grown/bad/nginx.conf'],
  ['--config', 'plugged.yaml', 'fixtures/readme/nginx.conf'],
  ['trace', 'ws://localhost/chat/ws', 'fixtures/readme/nginx.conf'],
  ['probe', 'ws://127.0.0.1:1/ws'],
  ['probe', 'wss://127.0.0.1:1/ws'],
  ['init'],
  ['--diff', 'fixtures'],
  ['--fix', '--unsafe-fixes', 'fixtures'],
  ['fixtures'],
]

/** The `node` of a version, from npm; undefined where it can't be had. */
export function fetchNode(version: string): string | undefined {
  const folder = newFolder()
  const name = `node-${process.platform}-${process.arch}`
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `${name}@${version}`]
  spawnSync('npm', args, { cwd: folder, env: cleanEnvironment(), timeout: FETCH_TIMEOUT_MS, stdio: 'ignore' })
  const node = join(folder, 'node_modules', name, 'bin', 'node')
  return existsSync(node) ? node : undefined
}

export function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8', timeout: TIMEOUT_MS }).stdout.trim()
}

/** What each command ends with and prints, and at last the files there are. */
export function transcript(node: string): readonly string[] {
  const tree = makeTree({ 'plugin.mjs': PLUGIN, 'plugged.yaml': 'plugins: [./plugin.mjs]\n' })
  try {
    tree.copy(join(ROOT, 'fixtures'), 'fixtures')
    const env = { ...cleanEnvironment(), NO_COLOR: '1' }
    const runs = COMMANDS.map((args) => {
      const options = { cwd: tree.dir, env, encoding: 'utf8', timeout: TIMEOUT_MS, maxBuffer: 1e8 } as const
      const { status, signal, stdout, stderr } = spawnSync(node, [MAIN, ...args], options)
      return [`ngxlint ${args.join(' ')}`, `ends with ${status ?? signal}`, stdout, stderr]
        .join('\n')
        .replaceAll(tree.dir, '.')
    })
    return [...runs, JSON.stringify(tree.snapshot(), undefined, 1)]
  } finally {
    tree.remove()
  }
}

/** The lines that differ first, and what was run; undefined where none do. */
export function difference(found: string, expected: string): string | undefined {
  if (found === expected) return undefined
  const [ours, theirs] = [expected, found].map((text) => text.split('\n')) as [string[], string[]]
  const line = ours.findIndex((text, index) => text !== theirs[index])
  return [theirs[0], `- ${ours[line]}`, `+ ${theirs[line]}`].join('\n')
}
