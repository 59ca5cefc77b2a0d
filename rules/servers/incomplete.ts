import { type Directive, inventoryOf } from '../../src/config/index.ts'
import { readListen } from '../../src/effective/listen.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { hasUnsureFiles } from '../../src/lint/unread-level.ts'

export default defineRule({
  summary: 'A server of stream or mail lacks what nginx does not start without',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/mail/ngx_mail_core_module.html#protocol',

  whole({ model: { configuration } }, report) {
    // What is missing may stand in what could not be read.
    if (hasUnsureFiles(configuration)) return
    const unread = new Set(configuration.unresolved.map(({ parent }) => parent))
    for (const group of inventoryOf(configuration).groups) {
      const { name, place } = group
      if (name !== 'server' || (place !== 'stream' && place !== 'mail')) continue
      for (const server of group.directives) {
        if (unread.has(server)) continue
        const isAsked = place === 'mail' && !unread.has(server.parent)
        const lacking = [
          lackOfListen(server),
          place === 'mail' && lackOfProtocol(server),
          isAsked && lackOfAuth(server),
        ]
        for (const message of lacking) if (message) report({ at: server, message: `nginx does not start: ${message}` })
      }
    }
  },
})

/** ngx_stream_core_merge_srv_conf, ngx_mail_core_merge_srv_conf; a server of `http` listens on port 80 then. */
function lackOfListen(server: Directive): string | undefined {
  return server.named('listen').length > 0
    ? undefined
    : 'this server has no "listen", and only one of "http" may do without; add it, with a port'
}

/** The ports that nginx tells the protocol by: ngx_mail_imap_protocol and its like. */
const USUAL_PORTS = [25, 110, 143, 465, 587, 993, 995]

function lackOfProtocol(server: Directive): string | undefined {
  const listens = server.named('listen')
  if (listens.length === 0 || server.named('protocol').length > 0) return undefined
  return listens.some(mayTellProtocol)
    ? undefined
    : 'no port of this server tells its protocol; add "protocol imap;", "protocol pop3;" or "protocol smtp;"'
}

function mayTellProtocol(listen: Directive): boolean {
  const [address = ''] = listen.values
  const [first, last] = readListen(listen).ports ?? [0, 0]
  return address.includes('$') || isPlaceholder(address) || USUAL_PORTS.some((port) => first <= port && port <= last)
}

/** ngx_mail_auth_http_merge_conf */
function lackOfAuth(server: Directive): string | undefined {
  const isSet = [server, server.parent].some((level) => (level?.named('auth_http').length ?? 0) > 0)
  return isSet ? undefined : 'nobody says who may log in to this server; add "auth_http" to it, or to "mail"'
}
