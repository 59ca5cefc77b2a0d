import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Model, Scope } from '../effective/index.ts'
import { inherited } from '../effective/index.ts'
import { groupsOf, type ListenGroup } from '../effective/servers.ts'
import { layout } from '../syntax/index.ts'
import type { FileEdit, Safety } from './problem.ts'
import type { Subject } from './rule.ts'

interface ListenRepair {
  readonly edits: readonly FileEdit[]
  readonly safety: Safety
}

/**
 * `listen 443 ssl http2` becomes `listen 443 ssl` with `http2 on`. What was said of the address is then said of the
 * server: nothing changes where all servers of the address had it, and the server has no port without TLS.
 */
export function http2Repair(listen: Directive, { model }: Subject): ListenRepair | undefined {
  const server = model.scopeOf(listen.parent)
  if (server?.kind !== 'server') return undefined
  const listens = server.own('listen')
  const last = listens.at(-1)
  const isPlain = listens.every((each) => each.file === listen.file && !model.configuration.repeated.has(each.file))
  const [switched, ...more] = inherited(server, 'http2').directives
  const isOn = switched?.argument(0)?.toLowerCase() === 'on'
  if (!last || !isPlain || (switched && !isOn) || more.length > 0) return undefined
  const removals = listens.flatMap((each) => withoutWord(each, 'http2') ?? [])
  const added = isOn ? [] : [{ file: last.file, edit: layout.insertAfter(last.statement, ['http2 on;']) }]
  const isSafe = listens.every(isEncrypted) && !model.isOpen && sharesAllWith(server, model)
  return { edits: [...removals, ...added], safety: isSafe ? 'safe' : 'unsafe' }
}

/** `ssl on` of a server becomes `ssl` at each of its `listen`s; `ssl off`, which is the default, goes. */
export function sslRepair(directive: Directive, { model }: Subject): ListenRepair | undefined {
  const server = model.scopeOf(directive.parent)
  const removal = { file: directive.file, edit: layout.remove(directive.statement) }
  const isRepeated = model.configuration.repeated.has(directive.file)
  if (server?.kind !== 'server' || isRepeated || server.parent?.own('ssl').length !== 0) return undefined
  if (directive.argument(0)?.toLowerCase() === 'off') return { edits: [removal], safety: 'safe' }
  const listens = server.own('listen')
  if (listens.length === 0 || listens.some(({ file }) => file !== directive.file)) return undefined
  const isAlone = groupsOf(server, model).every(({ servers }) => servers.length === 1)
  const edits = listens.flatMap((listen) => (isEncrypted(listen) ? [] : withWord(listen, 'ssl')))
  return { edits: [...edits, removal], safety: isAlone && !model.isOpen ? 'safe' : 'unsafe' }
}

function isEncrypted(listen: Directive): boolean {
  return listen.values.includes('ssl') || listen.values.includes('quic')
}

/** Whether every server at the addresses of this one says `http2` itself. */
function sharesAllWith(server: Scope, model: Model): boolean {
  return groupsOf(server, model).every((group) => allSayHttp2(group))
}

/** Each server of a group asks, and there may be thousands. */
const allSayHttp2 = memoize(({ servers }: ListenGroup): boolean =>
  servers.every(
    (server) =>
      server.own('listen').some(({ values }) => values.slice(1).includes('http2')) ||
      server.own('http2').some((one) => one.argument(0) === 'on'),
  ),
)

function withoutWord({ statement, file }: Directive, value: string): FileEdit[] {
  const index = statement.words.findIndex((word, at) => at > 0 && word.value === value)
  const word = statement.words[index]
  const before = statement.words[index - 1]
  return word && before ? [{ file, edit: { start: before.end, end: word.end, text: '' } }] : []
}

function withWord({ statement, file }: Directive, value: string): FileEdit[] {
  const { end } = statement.head
  return [{ file, edit: { start: end, end, text: ` ${value}` } }]
}
