import type { Directive } from './forgotten.ts'
import type { Grammar, GrammarEntry } from './grammar.ts'
import type { WordingTable } from './wording.ts'

/** How a statement of some name may be read when its wording is known; `ByBlock`: the block around it tells. */
export const Shortcut = { ByBlock: 0, None: 1, Statement: 2, Block: 3 } as const
export type Shortcut = (typeof Shortcut)[keyof typeof Shortcut]

export function shortcutOf(entry: GrammarEntry | undefined): Shortcut {
  if (!entry || entry.block === 'never') return Shortcut.Statement
  return entry.block === 'always' && entry.content !== 'raw' ? Shortcut.Block : Shortcut.None
}

/**
 * What a grammar says of the names met so far. Files have few different ones, and those of a configuration have them in
 * common, so each is looked up once.
 */
export class KnownDirectives {
  readonly #grammar: Grammar
  readonly #wordings: WordingTable
  readonly #byName = new Map<string, Directive>()
  /** By the number that a name has among the wordings. */
  readonly #shortcuts: (Shortcut | undefined)[] = []

  private constructor(grammar: Grammar, wordings: WordingTable) {
    this.#grammar = grammar
    this.#wordings = wordings
  }

  /** Those that were met in the files before, which had these wordings. */
  static of(grammar: Grammar, wordings: WordingTable): KnownDirectives {
    const last = known.get(wordings)
    if (last && last.#grammar === grammar) return last
    const fresh = new KnownDirectives(grammar, wordings)
    known.set(wordings, fresh)
    return fresh
  }

  named(name: string): Directive {
    let directive = this.#byName.get(name)
    if (!directive) {
      directive = { name, entry: this.#grammar.entry(name) }
      this.#byName.set(name, directive)
    }
    return directive
  }

  /** For statements of this wording. */
  shortcut(wording: number): Shortcut {
    const nameId = this.#wordings.nameId(wording)
    return this.#shortcuts[nameId] ?? this.#findShortcut(nameId, this.#wordings.nameOf(wording))
  }

  #findShortcut(nameId: number, name: string): Shortcut {
    const { entry } = this.named(name)
    const shortcut = entry?.within ? Shortcut.ByBlock : shortcutOf(entry)
    this.#shortcuts[nameId] = shortcut
    return shortcut
  }
}

const known = new WeakMap<WordingTable, KnownDirectives>()
