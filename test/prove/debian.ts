/** What Debian's packages ship for nginx, given to nginx and to ngxlint: nothing that nginx takes may be called an error. */
import { execFileSync, spawnSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rules } from '../../rules/index.ts'
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { lintConfiguration } from '../../src/lint/lint.ts'
import type { Problem } from '../../src/lint/problem.ts'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import {
  applyEdits,
  decodeForDisplay,
  type Edit,
  parse,
  SourceFile,
  type Statement,
  walkStatements,
} from '../../src/syntax/index.ts'
import { nginxTest } from '../e2e/nginx.ts'
import { nginxVersion } from '../e2e/nginx-binary.ts'
import { makeTree } from '../e2e/tree.ts'
import { newFolder } from '../e2e/workspace.ts'
import { CERTIFICATE_FILE, certificateFiles, KEY_FILE } from './certificate.ts'
import { DEBIAN_PACKAGES, DEBIAN_REASONS, NO_CONFIGURATION } from './debian-packages.ts'

const FETCH_TIMEOUT_MS = 120_000

/** The level that a file was found to be for, outermost first. */
const LEVELS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  main: ['', ''],
  http: ['events { } http {', '}'],
  server: ['events { } http { server {', '} }'],
  location: ['events { } http { server { location /here {', '} } }'],
}

export interface DebianFile {
  readonly package: string
  readonly version: string
  readonly path: string
  readonly level: string
  /** What nginx says; empty where it takes the file. */
  readonly nginx: string
  /** The errors of ngxlint that say that nginx would not take it. */
  readonly errors: readonly string[]
  /** How often each rule speaks of it otherwise. */
  readonly others: readonly string[]
  readonly outcome: 'agreed' | 'differ' | { readonly because: string }
}

/** Fetches a package into a folder of its own, and gives its version and the folder that its files are in; undefined where it can't be had. */
function fetchPackage(name: string): { version: string; root: string } | undefined {
  const folder = newFolder()
  spawnSync('apt-get', ['download', name], { cwd: folder, timeout: FETCH_TIMEOUT_MS, stdio: 'ignore' })
  const [archive] = readdirSync(folder).filter((file) => file.endsWith('.deb'))
  if (!archive) return undefined
  const path = join(folder, archive)
  const root = join(folder, 'root')
  execFileSync('dpkg-deb', ['-x', path, root], { timeout: FETCH_TIMEOUT_MS })
  const version = execFileSync('dpkg-deb', ['-f', path, 'Version'], { encoding: 'utf8' }).trim()
  return { version, root }
}

function configurationsIn(root: string): string[] {
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((path) => /nginx/i.test(path) && !NO_CONFIGURATION.test(path) && lstatSync(join(root, path)).isFile())
    .sort()
}

/** Every file of every package that can be had. */
export async function* debianFiles(onMissing: (name: string) => void): AsyncGenerator<DebianFile> {
  for (const name of DEBIAN_PACKAGES) {
    const fetched = fetchPackage(name)
    if (!fetched) {
      onMissing(name)
      continue
    }
    for (const path of configurationsIn(fetched.root))
      yield { package: name, version: fetched.version, path: `/${path}`, ...(await compare(fetched.root, path)) }
  }
}

type Compared = Pick<DebianFile, 'level' | 'nginx' | 'errors' | 'others' | 'outcome'>

async function compare(root: string, path: string): Promise<Compared> {
  const text = readFileSync(join(root, path), 'latin1')
  const tree = makeTree({ ...certificateFiles() })
  try {
    const adapted = adapt(text, root, tree.dir)
    let best: { level: string; says: string; conf: string } | undefined
    for (const [level, [before, after]] of Object.entries(LEVELS)) {
      const conf = `${before}\n${adapted}\n${after}\n${level === 'main' && !/^\s*events\b/m.test(adapted) ? 'events { }\n' : ''}`
      tree.write({ 'nginx.conf': conf })
      const { messages, syntaxOk } = await nginxTest(tree.dir)
      const says = syntaxOk ? '' : (messages.find((message) => message.level === 'emerg')?.text ?? 'no verdict')
      const isHere = !says.includes('is not allowed here')
      if (says === '' || (isHere && !best)) best = { level, says, conf }
      if (says === '') break
    }
    const { level, says, conf } = best ?? { level: 'none', says: 'allowed at no level', conf: adapted }
    const problems = lint(conf, tree.dir)
    const errors = problems.filter(isRefusal)
    const others = problems.filter((problem) => !isRefusal(problem))
    return {
      level,
      nginx: says,
      errors: errors.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      others: counted(others.map(({ ruleId, severity }) => `${ruleId} (${severity})`)),
      outcome: outcomeOf(path, says, errors),
    }
  } finally {
    tree.remove()
  }
}

/** These say that nginx does not start. */
function isRefusal({ ruleId, severity }: Problem): boolean {
  return (
    severity === 'error' &&
    /^(?:syntax$|directives\/|variables\/|locations\/|websocket\/(?:connection-map|proxy-pass-scheme)$)/.test(ruleId)
  )
}

/** nginx's reasons that lie in the machine, or in a build that lacks a module. */
const OF_THE_MACHINE: readonly (readonly [says: RegExp, because: string])[] = [
  [/^unknown directive/, 'nginx was built without its module'],
  [/no "ssl_certificate" is defined/, 'which certificate is left to who installs it, and no rule asks for one'],
  [/host not found/, 'it names a host that is not here'],
  [/No such file|cannot load|dlopen|open\(\)/, 'it names a file that is not here'],
  [
    /zero size shared memory zone|unknown log format|unknown limit_/,
    'what it refers to stands in another file of the package',
  ],
  [/unknown ".*" variable/, 'its variable is defined in another file of the package'],
  [/"user" directive|getpwnam|getgrnam/, 'it names a user that is not here'],
]

function outcomeOf(path: string, says: string, errors: readonly Problem[]): DebianFile['outcome'] {
  if ((says === '') === (errors.length === 0)) return 'agreed'
  const known = DEBIAN_REASONS.find((reason) => reason.path.test(path))
  if (known) return known
  const machine = says !== '' && OF_THE_MACHINE.find(([words]) => words.test(says))
  return machine ? { because: machine[1] } : 'differ'
}

function lint(conf: string, dir: string): readonly Problem[] {
  const path = join(dir, 'nginx.conf')
  const configuration = loadConfiguration(path, memoryFiles({ [path]: conf }))
  if ('failure' in configuration) throw new Error(configuration.failure)
  return lintConfiguration(configuration, rules, { target: parseVersion(nginxVersion()) ?? 'unknown' }).problems
}

function counted(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`))
}

/** What is of the machine it was written for, and no matter of the language. */
function adapt(text: string, root: string, dir: string): string {
  const edits: Edit[] = []
  for (const statement of walkStatements(parse(new SourceFile('', text), nginxGrammar).statements)) {
    const fresh = adapted(statement, root, dir)
    if (fresh !== undefined) edits.push({ start: statement.start, end: statement.end, text: fresh })
  }
  return applyEdits(text, edits)
}

function adapted(statement: Statement, root: string, dir: string): string | undefined {
  const value = statement.value(1) ?? ''
  switch (statement.name) {
    case 'user':
    case 'pid':
    case 'error_log':
    case 'access_log':
    case 'ssl_dhparam':
    case 'ssl_client_certificate':
    case 'ssl_trusted_certificate':
      return statement.children ? undefined : ''
    case 'ssl_certificate':
      return `ssl_certificate ${join(dir, CERTIFICATE_FILE)};`
    case 'ssl_certificate_key':
      return `ssl_certificate_key ${join(dir, KEY_FILE)};`
    // Relative ones start at /etc/nginx. Those of the package stand in by their text.
    case 'include': {
      const own = join(root, value.startsWith('/') ? value : join('/etc/nginx', value))
      if (/[*?[]/.test(value) || relative(root, own).startsWith('..')) return ''
      try {
        return adapt(readFileSync(own, 'latin1'), root, dir)
      } catch {
        return ''
      }
    }
    case 'server':
      return statement.children ? undefined : statement.parent?.name === 'upstream' ? withAddress(statement) : undefined
    case 'proxy_pass':
    case 'fastcgi_pass':
    case 'uwsgi_pass':
      return withAddress(statement)
    default:
      return undefined
  }
}

/** Names of hosts become an address. */
function withAddress(statement: Statement): string | undefined {
  const [name, value = '', ...more] = statement.words.map(({ raw }) => raw)
  const [, scheme = '', host = '', rest = ''] =
    /^(\w+:\/\/)?([a-z][\w-]*(?:\.[\w-]+)+|localhost)(?=[:/]|$)(.*)$/.exec(value) ?? []
  if (host === '' || value.startsWith('unix:')) return undefined
  return `${[name, `${scheme}127.0.0.1${rest}`, ...more].join(' ')};`
}

/** One line for people. */
export function lineOf({ package: name, version, path, level, nginx, errors, others, outcome }: DebianFile): string {
  const how = typeof outcome === 'string' ? outcome : `not compared, ${outcome.because}`
  const said = [
    nginx === '' ? 'nginx takes it' : `nginx: ${nginx}`,
    ...errors,
    ...others.map((other) => `also ${other}`),
  ].join('; ')
  return decodeForDisplay(`${how}: ${name} ${version} ${path} (${level}): ${said}`)
}
