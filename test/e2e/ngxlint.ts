/** Runs the built command. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const TIMEOUT_MS = 20_000

export interface CommandResult {
  /** Null where it was killed, as after 20 seconds. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `node dist/src/cli/main.js …args` in the folder `cwd`, with no colours and nothing on standard input unless given. */
export async function runNgxlint(
  args: readonly string[],
  cwd: string,
  stdin = '',
  more: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not built: npm run build`)
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  // Those of jest are none of the command's business.
  for (const name of ['NODE_OPTIONS', 'FORCE_COLOR', 'CI', 'NODE_ENV']) delete env[name]
  Object.assign(env, more)
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin, 'latin1')
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
}
