import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { FIRST_VERSION, type Template, templateLocation, webSocketTemplate } from '../diagnose/template.ts'
import { isBefore, type TargetVersion } from '../nginx/version.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import type { Given } from './given.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { targetVersion } from './nginx-version.ts'

const MAP_FILE = 'websocket-map.conf'
/** No `*.conf`: those are taken in at the level of `http`, and these lines belong into locations. */
const SNIPPET_FILE = 'websocket.inc'

/** `ngxlint snippet [PATH] [BACKEND]`: prints the template, or writes it with `--install`. */
export async function snippet(
  path = '/ws',
  backend = 'http://127.0.0.1:3000',
  given: Given,
  io: Io,
): Promise<ExitCode> {
  if (!/^\/[^\s;{}'"\\$#]*$/.test(path)) throw new CommandError(`snippet: "${path}" is no path, as /ws`)
  if (!/^https?:\/\/[^\s;{}'"\\$#]+$/.test(backend))
    throw new CommandError(
      `snippet: "${backend}" is no backend for proxy_pass, as http://127.0.0.1:3000 (ws:// goes by http://)`,
    )
  const version = await targetVersion(given.last('nginxVersion'), io)
  if (isBefore(version, FIRST_VERSION))
    throw new CommandError(`nginx passes WebSockets since ${FIRST_VERSION}: raise it first`)
  const template = webSocketTemplate(version)
  const folder = given.last('install')
  if (folder === undefined) io.out(printed(template, path, backend, version))
  else io.out(install(template, resolve(io.cwd, folder), { path, backend }, io))
  return 0
}

function printed({ map, lines }: Template, path: string, backend: string, version: TargetVersion): string {
  const note = version === 'unknown' ? '# For nginx of every version; name yours by --nginx-version.\n' : ''
  return `${note}# In http, once: what "Connection" says to the backend.
${map}
# In the server, for each WebSocket route: the location's own proxy_set_header
# rows replace all outer ones, so they stand together here.
${templateLocation(path, backend, lines)}`
}

interface Route {
  readonly path: string
  readonly backend: string
}

function install({ map, lines }: Template, folder: string, { path, backend }: Route, io: Io): string {
  const name = displayPath(folder, io.cwd)
  if (!isFolder(folder)) throw new CommandError(`--install: ${name} is no folder`)
  const known = fileWithMap(folder)
  const files: [name: string, text: string][] = [
    ...(known === undefined
      ? [[MAP_FILE, `# Stands in http: conf.d/*.conf is taken in there.\n${map}`] as [string, string]]
      : []),
    [SNIPPET_FILE, `# For locations with a proxy_pass: "include" it there.\n${lines.join('\n')}\n`],
  ]
  const written = files.map(([file, text]) => [join(folder, file), text] as const)
  writeAll(written, io)
  const where = existsSync(join(dirname(folder), 'nginx.conf')) ? basename(folder) : folder
  const said = [
    ...(known === undefined ? [] : [`${displayPath(join(folder, known), io.cwd)} has the map already`]),
    ...written.map(([file]) => `written: ${displayPath(file, io.cwd)}`),
  ]
  return `${said.map(sanitize).join('\n')}

For each WebSocket route:

${sanitizeLines(templateLocation(path, backend, [`include ${where}/${SNIPPET_FILE};`]))}`
}

function sanitizeLines(text: string): string {
  return text.split('\n').map(sanitize).join('\n')
}

/** All of them, or none: and never in the place of a file that is there. */
function writeAll(files: readonly (readonly [path: string, text: string])[], { cwd }: Io): void {
  const done: string[] = []
  for (const [path, text] of files) {
    try {
      writeFileSync(path, text, { flag: 'wx' })
      done.push(path)
    } catch (error) {
      for (const before of done) rmSync(before, { force: true })
      const name = displayPath(path, cwd)
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new CommandError(`--install: ${name} is there already, and nothing was written`)
      throw new CommandError(`--install: can't write ${name}: ${(error as Error).message}`)
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Two maps of one variable would be one too many. */
function fileWithMap(folder: string): string | undefined {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.conf') && file !== MAP_FILE)
    .find((file) => {
      try {
        return /^\s*map\s+\S+\s+\$connection_upgrade\b/m.test(readFileSync(join(folder, file), 'latin1'))
      } catch {
        return false
      }
    })
}
