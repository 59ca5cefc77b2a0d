import type { Configuration, Directive } from '../../src/config/index.ts'
import { locationPattern } from '../../src/effective/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay, headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'An `alias` that nginx refuses, or whose slash at the end is not that of its location',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',

  whole(subject, report) {
    for (const { name, group } of placedByName(subject)) {
      if (name !== 'alias' && name !== 'root') continue
      for (const [directive, variable] of group.judged(rootInItself)) report(inItself(directive, variable))
      if (name === 'root') continue
      for (const alias of group.directives) {
        const found = findingOf(alias, subject)
        if (found) report(found)
      }
    }
  },
})

/** ngx_http_core_root: what these variables hold is made of the directive. */
function rootInItself({ wording }: Directive): string | undefined {
  if (!wording.holds('$')) return undefined
  return /\$\{?(document_root|realpath_root)(?!\w)/.exec(wording.argumentValues[0] ?? '')?.[1]
}

function inItself(directive: Directive, variable: string): Finding {
  return {
    at: directive,
    message: `nginx does not start: "$${variable}" is what "${directive.name}" says, and may not stand in it; write the path`,
  }
}

function findingOf(alias: Directive, { model }: Subject): Finding | undefined {
  const location = alias.parent
  if (location?.name !== 'location') return undefined
  const { match, path } = locationPattern(location)
  if (match === 'named')
    return {
      at: alias,
      message: `nginx does not start: "${headText(location.statement)}" may have no "alias", for no path leads to it; write "root"`,
    }
  if (location.named('root').length > 0) return besideRoot(alias, location, model.configuration)
  const isPrefix = match === 'prefix' || match === 'prefix-first'
  const slash = isPrefix ? otherSlash(path, alias.argument(0) ?? '') : undefined
  if (slash === undefined || (slash.isOpen && location.named('internal').length > 0)) return undefined
  return { at: alias, message: slash.message, severity: 'warn', related: [relatedDirective(location, 'its location')] }
}

function besideRoot(alias: Directive, location: Directive, configuration: Configuration): Finding | undefined {
  const pair = (location.children ?? []).filter((one) => one === alias || one.name === 'root')
  const [first, second] = [pair[0], pair.at(-1)]
  if (!first || !second || first.name === second.name) return undefined
  return {
    at: second,
    message: `nginx does not start: "${second.name}" and the "${first.name}" of ${lineReference(first, second, configuration)} exclude each other; keep one of them`,
    related: [relatedDirective(first, 'the other one')],
  }
}

/** What is behind the path of the location is put behind the folder, as it is. */
function otherSlash(path: string, folder: string): { readonly message: string; readonly isOpen?: true } | undefined {
  if (path === '' || path.endsWith('/') === folder.endsWith('/') || [path, folder].some(isPlaceholder)) return undefined
  const [from, to] = [decodeForDisplay(path), decodeForDisplay(folder)]
  if (!path.endsWith('/'))
    return {
      message: `a request for "${from}../x" gets "${to}../x", beside the folder: write "location ${from}/"`,
      isOpen: true,
    }
  // What the variable holds may have the slash.
  return /\$\{?\w+\}?$/.test(folder)
    ? undefined
    : { message: `a request for "${from}x" gets "${to}x": write "alias ${to}/;"` }
}
