import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import {
  type Declarations,
  declarationsIn,
  earlyUses,
  type NamingFamily,
  namesDeclared,
  otherZone,
} from '../../src/lint/declarations.ts'
import { type NearName, nearestOf } from '../../src/lint/near-name.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { meantDirectives } from '../../src/lint/swallowed-lines.ts'
import { mayHaveUnread, mayHaveUnreadWith } from '../../src/lint/unread-level.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { familyOf } from '../../src/nginx/context.ts'
import { BUILT_IN_FORMAT, declaringPrefix, type NamedUse, namedUse } from '../../src/nginx/declared-names.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A log format or a zone of shared memory that nothing declares',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',

  whole(subject, report) {
    const { configuration, target } = subject.model
    for (const { name, contexts, group } of placedByName(subject)) {
      const use = namedUse(name)
      const family = familyOf(contexts[0] ?? 'main')
      if (!use || (family !== 'http' && family !== 'stream')) continue
      // What declares it stands in `http` or `stream` itself, or where the use stands.
      const levels = use.declaredBy === name ? [family, ...contexts] : [family]
      const mayBeUnread = (wanted: string) => levels.some((level) => mayHaveUnreadWith(wanted, level, configuration))
      const names = namesFor(use, family, declarationsIn(configuration))
      // The next line, taken for arguments, is the business of "directives/swallowed-line".
      for (const [directive, fault] of group.judged((one) => faultOf(one, use, names, mayBeUnread)))
        if (meantDirectives(directive, contexts, target).length === 0) report(finding(directive, fault, use, subject))
    }
    if (mayHaveUnread('http', configuration)) return
    for (const [use, format] of earlyUses(configuration))
      report({
        at: argumentPlace(use, FORMAT),
        message: `nginx does not start: "log_format ${shown(format.argument(0))}" stands below this, in ${lineReference(format, use, configuration)}; move it above`,
        related: [relatedDirective(format, 'the format')],
      })
  },
})

/** The argument of `access_log` that names a format. */
const FORMAT = 1

interface Fault {
  readonly index: number
  readonly name: string
  /** The declared name that was meant. */
  readonly meant: string | undefined
  readonly family: NamingFamily
  /** The zone of that name that is for something else. */
  readonly other: Directive | undefined
}

/** The names that a use may name. */
interface Names {
  readonly family: NamingFamily
  readonly all: Declarations
  readonly known: ReadonlySet<string>
  readonly nearest: (typed: string) => NearName | undefined
}

function namesFor({ declaredBy }: NamedUse, family: NamingFamily, all: Declarations): Names {
  const known = new Set(namesDeclared(declaredBy, family, all).keys())
  if (declaredBy === 'log_format' && family === 'http') known.add(BUILT_IN_FORMAT)
  return { family, all, known, nearest: nearestOf(known) }
}

function faultOf(
  { values }: Directive,
  use: NamedUse,
  { family, all, known, nearest }: Names,
  mayBeUnread: (name: string) => boolean,
): Fault | undefined {
  const index = use.index(values)
  const name = values[index]?.slice(use.prefix?.length)
  if (name === undefined || isPlaceholder(name) || known.has(name)) return undefined
  const [bare = ''] = name.split(':')
  if (mayBeUnread(bare === '' ? name : bare)) return undefined
  const near = known.has(bare) ? undefined : nearest(name)
  const meant = known.has(bare) ? bare : near?.isCertain ? near.name : undefined
  return { index, name, meant, family, other: use.declaredBy === 'log_format' ? undefined : otherZone(name, all) }
}

function finding(directive: Directive, fault: Fault, use: NamedUse, { model }: Subject): Finding {
  const { index, other } = fault
  return {
    at: argumentPlace(directive, index),
    message: `nginx does not start: ${saying(directive, fault, use, other && lineReference(other, directive, model.configuration))}`,
    related: other ? [relatedDirective(other, 'the zone of that name')] : [],
  }
}

function saying(
  { name: user }: Directive,
  { name, meant, family, other }: Fault,
  { declaredBy }: NamedUse,
  line = '',
): string {
  if (other)
    return `"${shown(name)}" is a zone of "${other.name}" (${line}), and "${user}" needs one of "${declaredBy}"${other.name === declaredBy ? ` in "${family}"` : ''}`
  if (meant === undefined && declaredBy === 'log_format' && /^(?:buffer=|flush=|if=|gzip\b)/.test(name))
    return `"${shown(name)}" is taken for the name of a log format; write ${family === 'http' ? `"${BUILT_IN_FORMAT}"` : 'that of one'} before it`
  if (declaredBy === user) return `no "${user}" gives "${shown(name)}" a size; write "${user} ${shown(name)} 64k"`
  const prefix = declaringPrefix(declaredBy) ?? ''
  const missing =
    prefix === '' ? `no "${declaredBy}" is named "${shown(name)}"` : `no "${declaredBy}" has "${prefix}${shown(name)}"`
  return `${missing}; ${meant === undefined ? `declare it in "${family}"` : `did you mean "${shown(meant)}"?`}`
}

function shown(text = ''): string {
  return decodeForDisplay(text)
}
