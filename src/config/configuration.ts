import type { Context } from '../nginx/context.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import type { Block, Directive } from './directive.ts'

/** A configuration with its includes in place: what nginx would see, with every directive knowing where it is from. */
export interface Configuration {
  readonly main: ConfigurationFile
  /** Each file once, in the order in which nginx first opens them. */
  readonly files: readonly ConfigurationFile[]
  /** What stands outside of any block. */
  readonly top: Block
  /** The directives there. */
  readonly directives: readonly Directive[]
  /** Where those directives stand: `main`, or the level that a fragment's directives show it was written for. */
  readonly level: Context
  /** Whether it is only a part of a configuration, as conf.d/site.conf is, with levels around it that nobody read. */
  readonly isFragment: boolean
  /** The includes whose files could not all be read. */
  readonly unresolved: readonly Directive[]
  /** Files that stand in more than one place, so that one statement is several directives. */
  readonly repeated: ReadonlySet<ConfigurationFile>
}

/** Whether nothing of it is unknown: it is no part of another, all its includes were read, and all tokens and blocks are in order. */
export function isWhollyRead({ isFragment, unresolved, files }: Configuration): boolean {
  return !isFragment && unresolved.length === 0 && files.every(({ tree }) => tree.problems.length === 0)
}

/** All directives, each before those in its block. Not recursive: files may nest thousands of levels. */
export function* walkDirectives(directives: readonly Directive[]): Generator<Directive> {
  const pending = [...directives].reverse()
  for (let directive = pending.pop(); directive; directive = pending.pop()) {
    yield directive
    const { children } = directive
    if (children) for (let index = children.length - 1; index >= 0; index--) pending.push(children[index] as Directive)
  }
}

/** The `include`s that lead from the named file to this directive, outermost first. */
export function includeChain(directive: Directive): Directive[] {
  const chain: Directive[] = []
  for (let include = directive.include; include; include = include.include) chain.unshift(include)
  return chain
}
