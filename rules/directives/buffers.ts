import { type Directive, inventoryOf } from '../../src/config/index.ts'
import { isWhollyKnown, type Model, type Scope } from '../../src/effective/index.ts'
import {
  BUFFER_SETTINGS,
  BUFFERING,
  type BufferFault,
  type Buffering,
  bufferFault,
} from '../../src/effective/response-buffers.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { hasUnsureFiles } from '../../src/lint/unread-level.ts'
import { relatedDirective } from '../../src/lint/wording.ts'

export default defineRule({
  summary: 'Sizes of buffers for the answers of a backend that do not fit each other',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_busy_buffers_size',

  whole({ model }, report) {
    if (hasUnsureFiles(model.configuration)) return
    for (const kind of BUFFERING)
      for (const scope of scopesWith(kind, model)) {
        const fault = isRead(scope, kind) ? bufferFault(scope, kind) : undefined
        if (fault) report(finding(scope, kind, fault))
      }
  },
})

function scopesWith(kind: Buffering, model: Model): Set<Scope> {
  const names = new Set(BUFFER_SETTINGS.map((name) => `${kind}_${name}`))
  const groups = inventoryOf(model.configuration).groups.filter(({ name }) => names.has(name))
  const blocks = groups.flatMap((group) => [...group.blocks()])
  return new Set(blocks.flatMap((block) => (block && model.scopeOf(block)) ?? []))
}

/** Whether nginx looks at the sizes of this level, and nobody has to guess at those around it. */
function isRead(scope: Scope, kind: Buffering): boolean {
  if (!isWhollyKnown(scope)) return false
  // Those of `http` are looked at in each server.
  const sets = (level: Scope) => BUFFER_SETTINGS.some((name) => level.own(`${kind}_${name}`).length > 0)
  return scope.kind !== 'http' || scope.children.some((server) => server.kind === 'server' && !sets(server))
}

function finding(scope: Scope, kind: Buffering, fault: BufferFault): Finding {
  const { from, isCertain } = fault
  const own = (directive: Directive) => scope.own(directive.name).includes(directive)
  const at = from.find(own) ?? scope.directive ?? (from[0] as Directive)
  const where = isCertain ? '' : ', where pages have 4 KB, as they mostly have'
  return {
    at,
    message: `nginx does not start${where}: ${saying(kind, fault)}`,
    related: from.filter((one) => one !== at).map((one) => relatedDirective(one, 'has a part in it')),
    ...(!isCertain && { severity: 'warn' }),
  }
}

function saying(kind: Buffering, { kind: what, size, bound, largest, isImplied }: BufferFault): string {
  const least = `less than the larger of "${kind}_buffer_size" and one of the "${kind}_buffers", ${shown(bound)}`
  switch (what) {
    case 'too few':
      return `"${kind}_buffers" has to have 2 buffers at least`
    case 'busy too small':
      return `"${kind}_busy_buffers_size" is ${shown(size)}, ${least}`
    case 'writes too small':
      return `"${kind}_temp_file_write_size" is ${shown(size)}, ${least}`
    case 'files too small':
      return `"${kind}_max_temp_file_size" is ${shown(size)}, ${least}; 0 turns files off`
    case 'busy too large': {
      const why = isImplied ? ` by itself, twice the largest buffer,` : ','
      return `"${kind}_busy_buffers_size" is ${shown(size)}${why} and all "${kind}_buffers" but one are ${shown(bound)}; write "${kind}_buffers ${Math.ceil(size / largest) + 2} ${shown(largest)};" here`
    }
  }
}

function shown(size: number): string {
  if (size % 2 ** 20 === 0 && size > 0) return `${size / 2 ** 20}m`
  return size % 2 ** 10 === 0 && size > 0 ? `${size / 2 ** 10}k` : `${size}`
}
