import type { Directive } from '../../src/config/index.ts'
import { oncePerPlace } from '../../src/lint/once-per-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import type { RowFault } from '../../src/nginx/row-fault.ts'
import { rowFaults } from '../../src/nginx/rows.ts'

export default defineRule({
  summary: 'A row of a `map`, `geo`, `types` or `split_clients` that is wrong, such as a key that is there twice',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',

  whole(subject, reportAll) {
    const report = oncePerPlace(reportAll)
    for (const { name, group } of placedByName(subject)) {
      const faultsIn = rowFaults.get(name)
      if (!faultsIn) continue
      for (const block of group.directives) {
        const rows = (block.children ?? []).filter(isReadable)
        for (const fault of faultsIn(rows)) report(finding(rows, fault, subject))
      }
    }
  },
})

/** In a template one of two rows may be left out, and what is put in, nobody knows here. */
function isReadable({ file, name, values }: Directive): boolean {
  return !file.template && file.tree.problems.length === 0 && ![name, ...values].some(isPlaceholder)
}

function finding(rows: readonly Directive[], { row, earlier, starts, say }: RowFault, { model }: Subject): Finding {
  const directive = rows[row] as Directive
  const first = earlier === undefined ? undefined : rows[earlier]
  const isAgain = first?.statement === directive.statement
  const at = (isAgain && directive.include) || directive
  const message = say(first ? lineReference(first, at, model.configuration) : '')
  return {
    at,
    message: starts ? message : `nginx does not start: ${message}`,
    related: first ? [relatedDirective(first, 'the first one')] : [],
    ...(starts && { severity: 'warn' }),
  }
}
