import type { Configuration, Directive } from '../../src/config/index.ts'
import { backendCertificatesWithoutKey } from '../../src/effective/backend-certificates.ts'
import {
  certificatesWithoutKey,
  serversWithoutCertificate,
  switchedWithoutCertificate,
} from '../../src/effective/certificates.ts'
import type { Scope } from '../../src/effective/index.ts'
import { otherServersInNeed } from '../../src/effective/other-certificates.ts'
import { isOfferedOnly } from '../../src/lint/offered-site.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { hasUnsureFiles } from '../../src/lint/unread-level.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay, headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A server that is to speak TLS has no certificate, or no key to it',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/configuring_https_servers.html',

  whole({ model }, report) {
    // Templates may have it in a line that they add; where blocks are wrong, what stands in them is a guess.
    if (hasUnsureFiles(model.configuration)) return
    const told = new Set<Scope>()
    for (const { server, group, listen } of serversWithoutCertificate(model)) {
      told.add(server)
      const own = server.own('listen').includes(listen)
      const at = own ? listen : (group.defaultListen ?? server.directive ?? listen)
      if (group.servers.length > 1 && isOfferedOnly(at)) continue
      const why = own ? needs(listen) : neededBy(listen, at, model.configuration)
      const role = server === group.defaultServer ? 'the default server of its address' : 'a server'
      report({
        at,
        message: lacks(role, why),
        related: own ? [] : [relatedDirective(listen, 'makes the address speak TLS')],
      })
    }
    const inNeed = switchedWithoutCertificate(model).filter(({ server }) => !told.has(server))
    for (const { server, asking } of inNeed)
      report({
        at: server.own('ssl').length > 0 ? asking : (server.directive ?? asking),
        message: lacks('a server', needs(asking)),
      })
    const keyless = new Set(certificatesWithoutKey(model))
    for (const { server, asking, certificate } of otherServersInNeed(model)) {
      if (certificate) keyless.add(certificate)
      else {
        const isOthers = asking.name === 'listen' && asking.parent !== server
        const why = isOthers ? neededBy(asking, server, model.configuration) : needs(asking)
        report({
          at: asking.parent === server ? asking : server,
          message: lacks('a server', why),
          related: isOthers ? [relatedDirective(asking, 'makes the address speak TLS')] : [],
        })
      }
    }
    for (const certificate of [...keyless, ...backendCertificatesWithoutKey(model)])
      report({
        at: certificate,
        message: `nginx does not start: there is no "${certificate.name}_key" for the certificate "${decodeForDisplay(certificate.argument(0) ?? '')}"`,
      })
  },
})

function needs(asking: Directive): string {
  return `"${headText(asking.statement)}" needs one`
}

function neededBy(asking: Directive, at: Directive, configuration: Configuration): string {
  return `"${headText(asking.statement)}" of ${lineReference(asking, at, configuration)} needs one here`
}

function lacks(role: string, why: string): string {
  return `nginx does not start: ${role} has no "ssl_certificate", and ${why}; add it, with its "ssl_certificate_key"`
}
