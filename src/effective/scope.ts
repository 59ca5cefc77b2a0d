import { groupBy } from '../config/group-by.ts'
import { type Configuration, type Directive, inventoryOf } from '../config/index.ts'

/** The blocks of `http` that directives are inherited through. */
export type ScopeKind = 'http' | 'server' | 'location' | 'if' | 'limit_except'

/** Where nginx merges settings: http into its servers, these into their locations, and so on inwards. */
export class Scope {
  readonly children: Scope[] = []
  /** The location whose block this is, or is in: `if` and `limit_except` belong to theirs. */
  readonly location: Scope | undefined
  readonly server: Scope | undefined
  /** How many levels are around it. */
  readonly depth: number
  readonly #facts: Facts
  #own: Map<string, Directive[]> | undefined

  /**
   * @param directive the block; undefined for the levels around a fragment, which nobody has read
   * @param content the directives in it
   */
  constructor(
    readonly kind: ScopeKind,
    readonly directive: Directive | undefined,
    readonly content: readonly Directive[],
    readonly parent: Scope | undefined,
    facts: Facts,
  ) {
    this.#facts = facts
    this.location = kind === 'location' ? this : parent?.location
    this.server = kind === 'server' ? this : parent?.server
    this.depth = parent ? parent.depth + 1 : 0
  }

  /** Directives of this name that stand directly in this block, included ones too. */
  own(name: string): readonly Directive[] {
    if (this.content.length === 0) return NONE
    // Of the names that people ask for, most configurations have few.
    if (!this.#facts.names.has(name) && this.content[0]?.context !== undefined) return NONE
    // Most blocks are short: there, looking is faster than a table, which would take more memory than all the rest.
    if (this.content.length <= SHORT) return named(name, this.content)
    this.#own ??= groupBy(this.content, (directive) => directive.name)
    return this.#own.get(name) ?? NONE
  }

  /** The includes of this block whose files nobody could read: it may hold anything that they may. */
  get unresolved(): readonly Directive[] {
    const { gaps } = this.#facts
    return gaps.size === 0 ? NONE : (gaps.get(this.content) ?? NONE)
  }

  /** Whether it stands for a level around a fragment. */
  get isAssumed(): boolean {
    return this.directive === undefined
  }

  /** This scope and those around it, innermost first. */
  *outwards(): Generator<Scope> {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) yield scope
  }

  /** This scope and all within, each before those in it. */
  *inwards(): Generator<Scope> {
    const pending: Scope[] = [this]
    for (let scope = pending.pop(); scope; scope = pending.pop()) {
      yield scope
      for (let index = scope.children.length - 1; index >= 0; index--) pending.push(scope.children[index] as Scope)
    }
  }
}

const SHORT = 32
const NONE: readonly Directive[] = []

function named(name: string, directives: readonly Directive[]): readonly Directive[] {
  let found: Directive[] | undefined
  for (const directive of directives) {
    if (directive.name !== name) continue
    if (found) found.push(directive)
    else found = [directive]
  }
  return found ?? NONE
}

/** What the scopes of a configuration know of it. */
interface Facts {
  /** The names of the directives whose context is known. */
  readonly names: ReadonlySet<string>
  /** The includes that could not be read, by the content of the block that they stand in. */
  readonly gaps: ReadonlyMap<readonly Directive[], readonly Directive[]>
}

function factsOf(configuration: Configuration): Facts {
  const { directives, unresolved } = configuration
  return {
    names: new Set(inventoryOf(configuration).groups.map(({ name }) => name)),
    gaps: groupBy(unresolved, (include) => include.parent?.children ?? directives),
  }
}

const KINDS: ReadonlyMap<string, ScopeKind> = new Map([
  ['server', 'server'],
  ['location', 'location'],
  ['if', 'if'],
  ['limit_except', 'limit_except'],
])

/**
 * People nest five levels, nginx reads some thousands (and then has no stack left). What each level inherits is looked
 * for in all around it, so that so many would take hours.
 */
export const DEPTH_LIMIT = 100

/** The `http` scopes of a configuration (one, but for erroneous ones), with all that is in them. */
export function buildScopes(configuration: Configuration): Scope[] {
  const facts = factsOf(configuration)
  const roots = rootScopes(configuration, facts)
  const pending = [...roots.flatMap((root) => [...root.inwards()])].filter((scope) => scope.children.length === 0)
  for (let scope = pending.pop(); scope; scope = pending.pop()) {
    for (const directive of scope.content) {
      if (!directive.children || scope.depth >= DEPTH_LIMIT) continue
      const kind = KINDS.get(directive.name)
      if (!kind) continue
      const child = new Scope(kind, directive, directive.children, scope, facts)
      scope.children.push(child)
      pending.push(child)
    }
  }
  return roots
}

function rootScopes({ level, directives }: Configuration, facts: Facts): Scope[] {
  if (level === 'main') {
    const blocks = directives.filter((directive) => directive.name === 'http' && directive.children)
    return blocks.map((block) => new Scope('http', block, block.children ?? [], undefined, facts))
  }
  if (level === 'http') return [new Scope('http', undefined, directives, undefined, facts)]
  if (level !== 'server' && level !== 'location') return []
  const http = new Scope('http', undefined, [], undefined, facts)
  const server = new Scope('server', undefined, level === 'server' ? directives : [], http, facts)
  http.children.push(server)
  if (level === 'location') server.children.push(new Scope('location', undefined, directives, server, facts))
  return [http]
}
