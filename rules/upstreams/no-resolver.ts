import { hostWithoutResolver, passesWithVariables } from '../../src/effective/index.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'

export default defineRule({
  summary: 'The host of a `proxy_pass` with variables is looked up for each request, and there is no `resolver` to ask',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  whole({ model }, report) {
    for (const at of passesWithVariables(model)) {
      const scope = model.scopeOf(at.parent)
      const host = scope?.own('proxy_pass').at(-1) === at ? hostWithoutResolver(scope, model) : undefined
      if (host === undefined || at.file.template || isPlaceholder(`${at.argument(0)} ${host}`)) continue
      report({
        at,
        message: `requests get 502: a URL with variables has "${host}" looked up for each of them, and there is no "resolver"; set one (127.0.0.11 in Docker), or put the name of an "upstream" there`,
      })
    }
  },
})
