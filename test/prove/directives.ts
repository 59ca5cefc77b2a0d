/** Gives tiny configurations to nginx and to ngxlint, and compares what they say of the directive in them. */

import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { rules } from '../../rules/index.ts'
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { lintConfiguration } from '../../src/lint/lint.ts'
import type { Context } from '../../src/nginx/context.ts'
import { directiveEntries } from '../../src/nginx/directives.ts'
import { type NginxVersion, parseVersion } from '../../src/nginx/version.ts'
import { type NginxVerdict, nginxTest } from '../e2e/nginx.ts'
import { nginxVersion } from '../e2e/nginx-binary.ts'
import { makeTree } from '../e2e/tree.ts'
import { type CaseOptions, casesFor, type DirectiveCase } from './directive-cases.ts'
import { KNOWN_DIFFERENCES } from './directive-differences.ts'

/**
 * What is wrong with a directive: `fine` where nothing is, `refused` for anything that is no matter of the table. `absent` is
 * what ngxlint says of one that the version has not got: nginx does not know it, or not there.
 */
export type Verdict = 'fine' | 'unknown' | 'misplaced' | 'absent' | 'count' | 'duplicate' | 'refused'

export interface Compared {
  readonly case: DirectiveCase
  readonly nginx: Verdict
  readonly says: string
  readonly ngxlint: Verdict
  /** Whether they agree; the reason where it is known that they do not, or where nothing can be compared. */
  readonly outcome: 'agreed' | 'differ' | { readonly because: string; readonly kind: 'explained' | 'not asked' }
}

/** Where a distribution puts dynamic modules, unless NGINX_MODULES names a folder. */
const MODULE_FOLDERS = ['/usr/lib/nginx/modules', '/usr/share/nginx/modules']

export class DirectiveProof {
  readonly #tree = makeTree({})
  readonly version: NginxVersion
  readonly modules: readonly string[]
  readonly #options: CaseOptions
  #count = 0

  private constructor(version: NginxVersion, modules: readonly string[], contexts: ReadonlySet<string>) {
    this.version = version
    this.modules = modules
    const head = modules.map((path) => `load_module ${path};\n`).join('')
    this.#options = {
      version,
      head,
      has: (context: Context) =>
        contexts.has(context.split(' ')[0] as string) || !OPTIONAL.has(context.split(' ')[0] as string),
    }
  }

  static async start(): Promise<DirectiveProof> {
    const version = parseVersion(nginxVersion())
    if (!version) throw new Error('nginx does not tell its version')
    const probe = new DirectiveProof(version, [], new Set())
    const modules = await probe.#loadableModules()
    const contexts = new Set<string>()
    for (const context of OPTIONAL) {
      const head = modules.map((path) => `load_module ${path};\n`).join('')
      const { messages } = await probe.#run(`${head}events { }\n${context} { }\n`)
      if (!messages.some(({ text }) => text.startsWith('unknown directive'))) contexts.add(context)
    }
    probe.end()
    return new DirectiveProof(version, modules, contexts)
  }

  end(): void {
    this.#tree.remove()
  }

  /** All cases of these names, compared. */
  async compareAll(names: readonly string[]): Promise<Compared[]> {
    const compared: Compared[] = []
    const pending = [...names].reverse()
    const work = async () => {
      for (let name = pending.pop(); name !== undefined; name = pending.pop())
        compared.push(...(await this.#compareName(name)))
    }
    await Promise.all(Array.from({ length: availableParallelism() }, work))
    return compared
  }

  async #compareName(name: string): Promise<Compared[]> {
    const compared: Compared[] = []
    let isUnknown = false
    for (const each of casesFor(name, this.#options)) {
      // What nginx does not know, it knows nowhere.
      const said: Said = isUnknown ? UNKNOWN : nginxVerdict(each, await this.#run(each.conf))
      isUnknown = said.verdict === 'unknown'
      const ngxlint = ngxlintVerdict(each, this.version)
      compared.push({ case: each, nginx: said.verdict, says: said.says, ngxlint, outcome: 'agreed' })
    }
    const isBuilt = compared.some(({ nginx }) => nginx !== 'unknown')
    const refused = compared.filter(({ case: { kind }, nginx }) => kind === 'right' && nginx !== 'fine')
    const unfit = new Set(refused.map(({ case: { context } }) => context))
    return compared.map((one) => ({ ...one, outcome: outcomeOf(one, isBuilt, unfit) }))
  }

  async #run(conf: string): Promise<NginxVerdict> {
    const name = `${this.#count++}.conf`
    this.#tree.write({ [name]: conf })
    return nginxTest(this.#tree.dir, name)
  }

  /** Some modules need another one to be loaded first. */
  async #loadableModules(): Promise<string[]> {
    const folder = process.env.NGINX_MODULES ?? MODULE_FOLDERS.find(existsSync)
    const paths =
      folder && existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.so'))
            .sort()
            .map((name) => join(folder, name))
        : []
    const loadable: string[] = []
    for (const path of [...paths, ...paths]) {
      if (loadable.includes(path)) continue
      const head = [...loadable, path].map((each) => `load_module ${each};\n`).join('')
      if ((await this.#run(`${head}events { }\n`)).syntaxOk) loadable.push(path)
    }
    return loadable
  }
}

interface Said {
  readonly verdict: Verdict
  readonly says: string
}

const UNKNOWN: Said = { verdict: 'unknown', says: 'unknown directive' }

/** Blocks of modules that nginx may lack. */
const OPTIONAL: ReadonlySet<string> = new Set(['stream', 'mail'])

function nginxVerdict({ line }: DirectiveCase, { messages, syntaxOk }: NginxVerdict): Said {
  const refusal = messages.find(({ level }) => level === 'emerg')
  if (!refusal || (syntaxOk && refusal.line === undefined)) return { verdict: 'fine', says: '' }
  const says = refusal.text
  if (says.startsWith('unknown directive')) return { verdict: 'unknown', says }
  if (says.includes('directive is not allowed here')) return { verdict: 'misplaced', says }
  if (says.includes('invalid number of arguments')) return { verdict: 'count', says }
  if (/duplicate|the same path name|already (?:bound|loaded|declared)/.test(says)) return { verdict: 'duplicate', says }
  // What nginx misses in the end is no fault of this line.
  return { verdict: refusal.line === line || refusal.line === undefined ? 'refused' : 'fine', says }
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  'directives/unknown': 'unknown',
  'directives/version': 'absent',
  'directives/misplaced': 'misplaced',
  'directives/duplicate': 'duplicate',
  'locations/duplicate': 'duplicate',
}

function ngxlintVerdict({ conf, line }: DirectiveCase, target: NginxVersion): Verdict {
  const configuration = loadConfiguration('/etc/nginx/nginx.conf', memoryFiles({ '/etc/nginx/nginx.conf': conf }))
  if ('failure' in configuration) throw new Error(configuration.failure)
  const { problems } = lintConfiguration(configuration, rules, { target })
  for (const { ruleId, message, file, span } of problems) {
    if (file.source.lineAt(span.start) !== line) continue
    if (ruleId === 'directives/arguments') return message.includes(', and gets ') ? 'count' : 'refused'
    const verdict = VERDICTS[ruleId]
    if (verdict) return verdict
  }
  return 'fine'
}

/** @param unfit the contexts in which nginx refused the sample that should be right */
function outcomeOf(
  { case: each, nginx, says, ngxlint }: Omit<Compared, 'outcome'>,
  isBuilt: boolean,
  unfit: ReadonlySet<Context>,
): Compared['outcome'] {
  if (nginx === ngxlint || (ngxlint === 'absent' && ['unknown', 'misplaced', 'refused'].includes(nginx)))
    return 'agreed'
  const notAsked = (because: string) => ({ because, kind: 'not asked' as const })
  if (!isBuilt && nginx === 'unknown') {
    const isForeign = directiveEntries(each.name).some(({ thirdParty, commercial }) => thirdParty || commercial)
    return notAsked(isForeign ? 'its module is not of nginx, and is not here' : 'nginx was built without its module')
  }
  // A value may be well-formed, and still be refused for what it means beside others.
  if (each.kind === 'value' && nginx === 'refused' && !/\binvalid (?:value|number|parameter)\b|it must be/.test(says))
    return notAsked('the value is refused for what it means')
  // Only words that nginx takes by themselves can stand beside others.
  if (each.kind === 'twice special' && nginx !== 'duplicate' && says !== '')
    return notAsked('the sample was refused for another reason')
  const known = KNOWN_DIFFERENCES.find(
    ({ name, kind }) => name.test(each.name) && (kind === undefined || kind === each.kind),
  )
  if (known) return { because: known.because, kind: 'explained' }
  // What the value of an argument must be, beyond its form, is no matter of the table.
  if (nginx === 'refused' && ngxlint === 'fine' && each.kind !== 'wrong value' && each.kind !== 'value')
    return notAsked('the sample was refused for another reason')
  if (each.kind === 'twice' && unfit.has(each.context)) return notAsked('the sample was refused for another reason')
  return 'differ'
}
