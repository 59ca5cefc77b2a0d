import { type Directive, judgedByName } from '../../src/config/index.ts'
import { isWebSocketScheme, readProxyPass } from '../../src/effective/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A `proxy_pass` to a `ws://` or `wss://` URL keeps nginx from starting',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  whole({ model }, report) {
    const refused = judgedByName('proxy_pass', model.configuration, refusedScheme)
    for (const [directive, scheme] of refused) {
      const url = directive.arguments[0]
      if (!url || !model.scopeOf(directive.parent)) continue
      const start = url.start + url.quote.length
      const end = start + scheme.length
      const wanted = scheme.toLowerCase() === 'wss' ? 'https' : 'http'
      report({
        at: { file: directive.file, span: { start, end: end + '://'.length } },
        message: `nginx does not start with "${decodeForDisplay(scheme)}://" (invalid URL prefix): write "${wanted}://", a WebSocket handshake is an HTTP request`,
        edits: [{ file: directive.file, edit: layout.replace({ start, end }, wanted) }],
      })
    }
  },
})

function refusedScheme(directive: Directive): string | undefined {
  const { scheme } = readProxyPass(directive)
  return isWebSocketScheme(scheme) ? scheme : undefined
}
