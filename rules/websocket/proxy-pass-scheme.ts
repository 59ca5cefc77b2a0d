import { isWebSocketScheme, readProxyPass } from '../../src/effective/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A `proxy_pass` to a `ws://` or `wss://` URL keeps nginx from starting',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  whole({ model }, report) {
    const directives = model.proxying.flatMap((scope) => scope.own('proxy_pass'))
    for (const directive of directives) {
      const { scheme } = readProxyPass(directive)
      const url = directive.arguments[0]
      if (!url || !isWebSocketScheme(scheme)) continue
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
