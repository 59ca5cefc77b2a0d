import type { Configuration, Directive } from '../../src/config/index.ts'
import { isHeaderWithoutDirective } from '../../src/lint/header-directive.ts'
import { type NearName, nearNames } from '../../src/lint/near-name.ts'
import { hasInvisible, isInPastedLine } from '../../src/lint/pasted.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { lineStartsIn } from '../../src/lint/swallowed-lines.ts'
import type { Context } from '../../src/nginx/context.ts'
import { allowedIn, directiveNames, furtherDirectiveNames, isKnownDirective } from '../../src/nginx/directives.ts'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { isKnownModuleFile } from '../../src/nginx/modules.ts'
import { once } from '../../src/nginx/once.ts'
import { isRequestHeader } from '../../src/nginx/request-headers.ts'
import { decodeForDisplay, layout, type Wording } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'No module of nginx has a directive of this name',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/dirindex.html',

  whole(subject, report) {
    const { foreign, model } = subject
    const { configuration } = model
    const mayBeForeign = foreign.hasModules || loadsUnknownModule(configuration)
    const meantBy = nameFinder()
    for (const { name, contexts, group } of placedByName(subject)) {
      // Of such names directives/pasted tells.
      if (hasInvisible(name)) continue
      if (nginxGrammar.entry(name) !== undefined || isPlaceholder(name) || foreign.hasDirective(name)) continue
      const [mark] = COMMENT.exec(name) ?? []
      if (mark !== undefined) {
        for (const directive of group.directives) report(noComment(mark, directive))
        continue
      }
      const [first] = group.directives
      if (first && isRequestHeader(name) && isHeaderWithoutDirective(first)) {
        for (const directive of group.directives) report(rowWithoutDirective(directive))
        continue
      }
      const meant = meantBy(name, contexts)
      // Of a module that nobody knows, it may be all right.
      if (mayBeForeign && !meant?.isCertain) continue
      for (const directive of group.directives) {
        const [word] = directive.statement.words
        if (!word || isInPastedLine(directive.file, word.start)) continue
        const isOpen = mayBeForeign || configuration.isFragment
        report({
          at: { file: directive.file, span: { start: word.start, end: word.end } },
          message: messageFor(directive, meant),
          ...(isOpen && !meant?.isCertain && { severity: 'warn' }),
          ...(meant?.isCertain && { edits: [{ file: directive.file, edit: layout.replace(word, meant.name) }] }),
        })
      }
    }
  },
})

/** What begins a comment in other languages. */
const COMMENT = /^(?:\/\/|--|\/\*)/

/** Without a fix: nginx swallows the next directive with it, and a person decides whether that is to come to life. */
function noComment(mark: string, { file, statement }: Directive): Finding {
  const start = statement.words[0]?.start ?? statement.start
  const span = { start, end: start + mark.length }
  return {
    at: { file, span },
    message: `"${mark}" begins no comment in nginx, which takes it for a directive up to the next ";": write "#"`,
  }
}

/** A header as HTTP has it. What nginx needs of a handshake it may get by a safe fix. */
function rowWithoutDirective(directive: Directive): Finding {
  const { file, name, statement } = directive
  const [word] = statement.words
  const shown = decodeForDisplay(`${name} ${directive.argument(0) ?? ''}`.trim())
  const at = word ? { file, span: { start: word.start, end: word.end } } : directive
  const message = `unknown directive "${name}": a header for the backend is set by "proxy_set_header ${shown}"`
  if (!word || !isHeaderWithoutDirective(directive)) return { at, message }
  const edits = [{ file, edit: layout.replace(word, `proxy_set_header ${word.raw}`) }]
  return { at, message, edits, ...(/^(?:upgrade|connection)$/i.test(name) && { safety: 'safe' }) }
}

function messageFor({ name, wording }: Directive, meant: NearName | undefined): string {
  const shown = decodeForDisplay(name)
  const unknown = `unknown directive "${shown}"`
  if (meant) return `${unknown}; did you mean "${meant.name}"?`
  const taken = lineTaken(wording)
  if (taken)
    return `${unknown}: it is no line of nginx, and takes "${taken}" below it along; remove it, or begin it with "#"`
  return `${unknown}: no module that ngxlint knows has it`
}

/** The directive at the start of a line below that this one, which lacks its `;`, has taken for an argument. */
function lineTaken(wording: Wording): string | undefined {
  if (!wording.holds('\n')) return undefined
  const names = [...lineStartsIn(wording)].map((at) => wording.values[at] ?? '')
  return names.find(isKnownDirective)
}

/** The directive that was meant, looked for among those that may stand there first. */
function nameFinder(): (name: string, contexts: readonly Context[]) => NearName | undefined {
  const nearest = nearNames()
  const namesOf = once(() => ({ common: directiveNames(), further: furtherDirectiveNames() }))
  const fitting = new Map<readonly Context[], readonly string[]>()
  return (name, contexts) => {
    const { common, further } = namesOf()
    const namesHere =
      fitting.get(contexts) ?? common.filter((known) => contexts.some((context) => allowedIn(known, context)))
    fitting.set(contexts, namesHere)
    // A dash of a word processor is one slip, not that of three bytes.
    const written = decodeForDisplay(name)
    const here = nearest(written, namesHere)
    const anywhere = nearest(written, common)
    // A directive of another place, and nearer, is a guess as good.
    if (here) return { ...here, isCertain: here.isCertain && (anywhere?.name === here.name || !anywhere?.isCertain) }
    const guess = anywhere ?? nearest(written, further)
    return guess && { ...guess, isCertain: false }
  }
}

function loadsUnknownModule({ directives, isFragment, unresolved }: Configuration): boolean {
  if (isFragment) return false
  const isUnread = unresolved.some(({ context }) => context === 'main')
  const loads = directives.filter(({ name }) => name === 'load_module')
  return isUnread || loads.some((load) => !isKnownModuleFile(load.argument(0) ?? ''))
}
