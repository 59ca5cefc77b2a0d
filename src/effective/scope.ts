import { groupBy } from '../config/group-by.ts'
import type { Block, Configuration, Directive } from '../config/index.ts'

/** The blocks of `http` that directives are inherited through. */
export type ScopeKind = 'http' | 'server' | 'location' | 'if' | 'limit_except'

/** Where nginx merges settings: http into its servers, these into their locations, and so on inwards. */
export class Scope {
  children: readonly Scope[] = NO_SCOPES
  /** The location whose block this is, or is in: `if` and `limit_except` belong to theirs. */
  readonly location: Scope | undefined
  readonly server: Scope | undefined
  readonly #gaps: Gaps

  /**
   * @param directive that has the block; undefined for the levels around a fragment, which nobody has read
   * @param block what is in it; undefined for those of these levels that the fragment is not the content of
   */
  constructor(
    readonly kind: ScopeKind,
    readonly directive: Directive | undefined,
    readonly block: Block | undefined,
    readonly parent: Scope | undefined,
    gaps: Gaps,
  ) {
    this.#gaps = gaps
    this.location = kind === 'location' ? this : parent?.location
    this.server = kind === 'server' ? this : parent?.server
  }

  /** The directives in this block, included ones too. */
  get content(): readonly Directive[] {
    return this.block?.directives ?? NONE
  }

  /** Those of this name. */
  own(name: string): readonly Directive[] {
    return this.block?.named(name) ?? NONE
  }

  /** Those of some names, in their order. */
  among(names: ReadonlySet<string>): readonly Directive[] {
    return this.block?.among(names) ?? NONE
  }

  /** The includes of this block whose files nobody could read: it may hold anything that they may. */
  get unresolved(): readonly Directive[] {
    return this.#gaps.size === 0 || !this.block ? NONE : (this.#gaps.get(this.block) ?? NONE)
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

const NO_SCOPES: readonly Scope[] = []
const NONE: readonly Directive[] = []

/** The includes that could not be read, by the block that they stand in. */
type Gaps = ReadonlyMap<Block, readonly Directive[]>

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

export interface Scopes {
  /** The `http` scopes (one, but for erroneous ones), with all that is in them. */
  readonly roots: readonly Scope[]
  /** The first block beyond the limit of depth: it, and all that lies as deep, is not looked at. */
  readonly tooDeep: Directive | undefined
}

export function buildScopes(configuration: Configuration): Scopes {
  const { unresolved, top } = configuration
  const gaps: Gaps = groupBy(unresolved, (include) => include.parent?.block ?? top)
  const roots = rootScopes(configuration, gaps)
  let level: readonly Scope[] = roots
    .flatMap((root) => [...root.inwards()])
    .filter(({ children }) => children.length === 0)
  // The levels around a fragment count as well.
  for (
    let depth = level[0] ? [...level[0].outwards()].length - 1 : 0;
    depth < DEPTH_LIMIT && level.length > 0;
    depth++
  ) {
    for (const scope of level) scope.children = scopesIn(scope, gaps)
    level = level.flatMap(({ children }) => children)
  }
  return { roots, tooDeep: level.flatMap(({ block }) => block?.inner ?? NONE)[0] }
}

function scopesIn(parent: Scope, gaps: Gaps): readonly Scope[] {
  const found: Scope[] = []
  for (const directive of parent.block?.inner ?? NONE) {
    const kind = KINDS.get(directive.name)
    if (kind) found.push(new Scope(kind, directive, directive.block, parent, gaps))
  }
  return found.length > 0 ? found : NO_SCOPES
}

function rootScopes({ level, top }: Configuration, gaps: Gaps): Scope[] {
  if (level === 'main')
    return top.inner.flatMap((one) => (one.name === 'http' ? new Scope('http', one, one.block, undefined, gaps) : []))
  if (level === 'http') return [new Scope('http', undefined, top, undefined, gaps)]
  if (level !== 'server' && level !== 'location') return []
  const http = new Scope('http', undefined, undefined, undefined, gaps)
  const server = new Scope('server', undefined, level === 'server' ? top : undefined, http, gaps)
  http.children = [server]
  if (level === 'location') server.children = [new Scope('location', undefined, top, server, gaps)]
  return [http]
}
