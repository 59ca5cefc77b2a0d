import type { Scope } from '../../src/effective/index.ts'
import { type Hindrance, unreachableLocations, withSlash } from '../../src/lint/reach-of-locations.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay, headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A location that no request can reach',
  severity: 'warn',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',

  whole(subject, report) {
    const { model, webSockets } = subject
    // What keeps handshakes from their location, the rules for WebSockets tell.
    const sockets = new Set(webSockets.map(({ scope }) => scope.location))
    for (const level of model.scopes) {
      if (level.children.length === 0 || (level.kind !== 'server' && level.kind !== 'location')) continue
      for (const { scope, why } of unreachableLocations(level, model)) {
        const isTold = sockets.has(scope) && why.kind !== 'name' && why.kind !== 'prefix'
        const finding = isTold ? undefined : findingOf(scope, why, subject)
        if (finding) report(finding)
      }
    }
  },
})

function findingOf({ directive, parent }: Scope, why: Hindrance, { model }: Subject): Finding | undefined {
  if (!directive || directive.file.tree.problems.length > 0) return undefined
  // The business of "locations/misnested".
  if (why.kind === 'slash' && parent?.kind === 'location') return undefined
  const name = `"${headText(directive.statement)}"`
  if (why.kind === 'slash')
    return {
      at: directive,
      message: `no request reaches ${name}: every path begins with a slash${slashed(directive.arguments.at(-1)?.value)}`,
    }
  if (why.kind === 'plain') {
    const remedy = `write "location ${decodeForDisplay(why.meant)}"`
    const what = why.meant.startsWith('~') ? 'a regex' : 'a wildcard'
    return {
      at: directive,
      message: `no request reaches ${name}: without "~" nginx takes ${what} for plain text; ${remedy}`,
    }
  }
  const by = `"${headText(why.by.statement)}" of ${lineReference(why.by, directive, model.configuration)}`
  return {
    at: directive,
    message: `no request reaches ${name}: ${reasons[why.kind](by)}`,
    related: [relatedDirective(why.by, related[why.kind])],
  }
}

function slashed(path: string | undefined): string {
  const meant = path === undefined ? undefined : withSlash(path)
  return meant === undefined ? '' : `, so write "${decodeForDisplay(meant)}"`
}

type Reason = Exclude<Hindrance['kind'], 'slash' | 'plain'>

const reasons: Readonly<Record<Reason, (by: string) => string>> = {
  return: (by) => `${by} answers before a location is chosen, so move it into a location`,
  regex: (by) => `${by} takes all that it matches, and regexes are tried in order`,
  prefix: (by) => `${by} has "^~", behind which no regex is tried`,
  name: (by) => `${by} has the same name, and the first one is taken`,
}

const related: Readonly<Record<Reason, string>> = {
  return: 'answers all requests',
  regex: 'takes its requests',
  prefix: 'keeps regexes from being tried',
  name: 'the first one',
}
