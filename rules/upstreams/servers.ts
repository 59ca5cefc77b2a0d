import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { relatedDirective } from '../../src/lint/wording.ts'
import { directiveEntries } from '../../src/nginx/directives.ts'
import { headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'An upstream has no server, or a `backup` that its balancing method has no use for',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',

  whole(subject, report) {
    const withBackup = new Set<Directive>()
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name === 'upstream') for (const upstream of group.directives) if (hasNone(upstream)) report(empty(upstream))
      if (name === 'server' && contexts.every((context) => context === 'upstream' || context === 'stream upstream'))
        for (const [{ parent }] of group.judged(backupOf)) if (parent) withBackup.add(parent)
    }
    for (const upstream of withBackup) for (const finding of backups(upstream)) report(finding)
  },
})

/** Whether nothing in it may bring a server: an include may, and what only some nginx knows, such as `state`. */
function hasNone({ block, file, isBlock }: Directive): boolean {
  if (!isBlock || file.template || (block?.named('server').length ?? 1) > 0) return false
  return block?.directives.every(({ name }) => bringsNone(name)) ?? false
}

function bringsNone(name: string): boolean {
  const entries = directiveEntries(name).filter(({ contexts }) => contexts.includes('upstream'))
  return name !== 'state' && name !== 'include' && entries.length > 0 && entries.every(({ thirdParty }) => !thirdParty)
}

function empty(upstream: Directive): Finding {
  return {
    at: upstream,
    message: `nginx does not start: "${headText(upstream.statement)}" has no server; add "server HOST:PORT;"`,
  }
}

/** Balancing methods without a second choice (ngx_http_upstream_init_hash and others set no NGX_HTTP_UPSTREAM_BACKUP). */
const WITHOUT_BACKUP: ReadonlySet<string> = new Set(['hash', 'ip_hash', 'random'])

/** What may stand between the method and a server. */
const NO_METHOD = /^(?:server|zone|keepalive\w*|resolver\w*|queue|include)$/

function* backups(upstream: Directive): Generator<Finding> {
  const { children = [], file } = upstream
  if (file.template) return
  let method: Directive | undefined
  for (const directive of children) {
    if (!NO_METHOD.test(directive.name)) method = directive
    const index = directive.name === 'server' ? backupOf(directive) : undefined
    if (index === undefined || !method || !WITHOUT_BACKUP.has(method.name)) continue
    yield {
      at: argumentPlace(directive, index),
      message: `nginx does not start: "${method.name}" knows no "backup"; leave it out, or take "least_conn"`,
      related: [relatedDirective(method, 'the balancing method')],
    }
  }
  const servers = children.filter(({ name }) => name === 'server')
  if (children.every(({ name }) => name !== 'include') && servers.every((server) => backupOf(server) !== undefined))
    yield {
      at: upstream,
      message: `nginx does not start: all servers of "${headText(upstream.statement)}" are "backup"; take it from one of them`,
    }
}

function backupOf({ values }: Directive): number | undefined {
  const index = values.indexOf('backup')
  return index > 0 ? index : undefined
}
