import { parseVersion, type TargetVersion } from '../nginx/version.ts'
import { CommandError, type Io } from './io.ts'

/** The version that `--nginx-version` names; that of the nginx at hand for `auto`. */
export async function targetVersion(text: string | undefined, io: Io): Promise<TargetVersion> {
  if (text === undefined) return 'unknown'
  if (text === 'auto') return askNginx(io)
  const version = parseVersion(text)
  if (!version) throw new CommandError(`--nginx-version: "${text}" is no version of nginx; write 1.24.0, or "auto"`)
  return version
}

async function askNginx(io: Io): Promise<TargetVersion> {
  const line = await firstLineOf('nginx', ['-v'], io)
  const version = line === undefined ? undefined : parseVersion(line)
  if (!version)
    throw new CommandError('--nginx-version auto: no nginx here answers "nginx -v"; name the version, as 1.24.0')
  return version
}

/** `nginx -v` prints to standard error. */
async function firstLineOf(command: string, args: readonly string[], io: Io): Promise<string | undefined> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve) => {
    execFile(command, args, { env: { ...io.env }, timeout: 5000 }, (error, stdout, stderr) =>
      resolve(error ? undefined : `${stderr}${stdout}`.split('\n')[0]),
    )
  })
}
