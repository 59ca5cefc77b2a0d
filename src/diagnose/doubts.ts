import type { Directive } from '../config/index.ts'
import type { Outcome } from '../effective/index.ts'
import { type Case, type Reason, written } from './case.ts'

/** Something that nobody knows, and that may change a verdict. */
export interface Doubt extends Reason {
  /** Whether it leaves the verdict open, rather than its being for some clients only. */
  readonly isBlocking: boolean
}

const ACCESS: ReadonlySet<string> = new Set(['allow', 'deny', 'auth_basic', 'auth_request'])

/** What leaves a verdict open whatever was found. */
export function doubtsOf(question: Case): Doubt[] {
  const { model, outcome, url, withoutFiles } = question
  const { configuration } = model
  const broken = configuration.files.flatMap(({ tree, path, source }) =>
    tree.problems.slice(0, 1).map(({ start, message }): Doubt => {
      const where = `${path}:${source.lineAt(start)}`
      return { text: `nginx does not start with ${where}: ${message}`, isBlocking: true }
    }),
  )
  const open = outcome.server?.server
  const around: Doubt[] = open?.isAssumed
    ? [{ text: `this is only a part of a configuration: what stands around it is not known`, isBlocking: true }]
    : []
  const others: Doubt[] =
    configuration.isFragment && !open?.isAssumed && outcome.server?.reason.kind !== 'exact name'
      ? [{ text: `no server of this file is named ${url.host}; one of another file may be`, isBlocking: true }]
      : []
  const files: Doubt[] = withoutFiles
    ? [
        {
          text: `"${written(withoutFiles)}": it is taken that no such file is there`,
          at: withoutFiles,
          isBlocking: false,
        },
      ]
    : []
  return [
    ...broken,
    ...around,
    ...others,
    ...files,
    ...familyDoubt(question),
    ...outcome.doubts.map(doubtOf),
    ...scriptsOf(outcome),
    ...unsentHeaders(question),
  ]
}

/** Seldom is it meant: one "listen" was forgotten. */
function familyDoubt({ byIpv6, outcome, url }: Case): Doubt[] {
  if (!byIpv6) return []
  const { group } = byIpv6
  const isLacking = outcome.server !== undefined && !group.servers.includes(outcome.server.server)
  const why = isLacking ? `, as this one has no "listen [::]:${url.port}${group.isTls ? ' ssl' : ''};"` : ''
  return [{ text: `clients that come by IPv6 get another server${why}`, at: group.defaultListen, isBlocking: false }]
}

/** What looks at requests in a way that is not followed; the innermost level that has it holds. */
const SCRIPTS =
  /^(?:(?:server_rewrite|rewrite|access)_by_lua(?:_block|_file)?|auth_(?:jwt|pam|ldap|digest|gss)|modsecurity)$/

function scriptsOf(outcome: Outcome): Doubt[] {
  if (!('scope' in outcome)) return []
  const found = new Map<string, Directive>()
  for (const level of outcome.scope.outwards())
    for (const directive of level.content)
      if (SCRIPTS.test(directive.name) && !found.has(directive.name)) found.set(directive.name, directive)
  return [...found.values()]
    .filter((directive) => directive.argument(0) !== 'off')
    .map((at) => ({ text: `"${written(at)}" may answer in its own way: it is not followed`, at, isBlocking: false }))
}

/** Conditions look at headers that a browser may send, and that this request has not. */
function unsentHeaders({ outcome, request }: Case): Doubt[] {
  const sent = new Set(request.headers.map(([name]) => name.toLowerCase()))
  return outcome.steps.flatMap(({ directive }): Doubt[] => {
    if (directive?.name !== 'if') return []
    const names = directive.arguments.flatMap(({ value }) => [...value.matchAll(/\$\{?(?:http_(\w+)|(cookie)_\w+)/g)])
    return names
      .map(([, header, cookie]) => (header ?? cookie ?? '').replaceAll('_', '-').toLowerCase())
      .filter((name) => !sent.has(name))
      .map((name) => ({
        text: `"${written(directive)}" looks at the header ${capitalized(name)}, which this request has not: give it by -H "${capitalized(name)}: …"`,
        at: directive,
        isBlocking: false,
      }))
  })
}

function capitalized(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

function doubtOf(directive: Directive): Doubt {
  const head = `"${written(directive)}"`
  if (directive.unresolved)
    return { text: `${head} could not be read, and may hold anything`, at: directive, isBlocking: true }
  if (ACCESS.has(directive.name)) return { text: `${head} lets only some clients in`, at: directive, isBlocking: false }
  return { text: `${head}: whether it applies is not known`, at: directive, isBlocking: true }
}
