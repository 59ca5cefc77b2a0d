import type { ConfigurationFile } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { isKnownDirective } from '../nginx/directives.ts'
import { pastedIn } from './pasted.ts'

/** What to say of a file that seems to be no configuration of nginx at all; undefined of all that may be one. */
export const otherKind = memoize((file: ConfigurationFile): string | undefined => {
  const { source, template } = file
  const { problems, statements } = file.tree
  if (pastedIn(file).some(({ spoilsAll }) => spoilsAll)) return undefined
  const isOdd = problems.length > 0 && !template
  const kind = KINDS.find(({ isSure, start }) => (isSure || isOdd) && start.test(source.text))
  const hasBlocks = kind !== undefined && BLOCK.test(source.text)
  if (kind && (kind.isSure || !hasBlocks))
    return `this seems to be ${kind.name}, and no configuration of nginx${(hasBlocks && kind.within) || ''}`
  if (!isOdd || problems.length < MANY_PROBLEMS || statements.some(({ name }) => isKnownDirective(name)))
    return undefined
  return `this seems to be no configuration of nginx: none of its directives is known, and ${problems.length} places can't be read`
})

/** Fewer may come of a slip of the hand. */
const MANY_PROBLEMS = 10

/** A line that opens a block of nginx: text of another kind may have been copied along with it. */
const BLOCK = /^[ \t]*(?:events|http|server|stream|upstream|location|map)\b[^\n;]*\{/m

interface Kind {
  readonly name: string
  /** How it begins. */
  readonly start: RegExp
  /** Whether it stays so with blocks of nginx in it, as in a script that writes some. */
  readonly isSure?: true
  /** How to come by the configuration in it. */
  readonly within?: string
}

const KINDS: readonly Kind[] = [
  { name: 'a shell script', start: /^#! ?\S*\/(?:env )?(?:ba|da|z|k|a)?sh\b/, isSure: true },
  { name: 'a script', start: /^#! ?\S*\/(?:env (?:-S )?)?(?:python|node|perl|ruby|php|deno|bun)/, isSure: true },
  { name: 'PHP', start: /^<\?php\b/, isSure: true },
  { name: 'HTML', start: /^\s*<(?:!doctype html|html)\b/i, isSure: true },
  { name: 'XML', start: /^\s*<\?xml\b/, isSure: true },
  { name: 'a certificate or a key', start: /^(?:[^\n]*\n){0,4}-----BEGIN [A-Z ]+-----\r?\n/, isSure: true },
  { name: 'a patch', start: /^diff --git /, isSure: true },
  {
    name: 'a manifest of Kubernetes',
    start: /^(?:#[^\n]*\n|---[ \t\r]*\n|\s)*(?:apiVersion|kind): \S/,
    isSure: true,
    within: `; give what it holds alone, as in "kubectl get configmap NAME -o jsonpath='{.data.nginx\\.conf}' | ngxlint -"`,
  },
  { name: 'JSON', start: /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[[{"\d])/ },
  { name: 'a Dockerfile', start: /^(?:#[^\n]*\n|ARG [^\n]*\n|\s)*FROM [^\s;{]+(?: AS \S+)?\s*(?:\n|$)/i },
  { name: 'a compose file', start: /^(?:#[^\n]*\n|---[ \t\r]*\n|\s)*(?:version: \S+|services:)\s*\n/ },
  { name: 'a configuration of Apache', start: /^(?:#[^\n]*\n|\s)*<(?:VirtualHost|IfModule|Directory|Files|Proxy)\b/i },
  { name: 'an INI file', start: /^(?:[#;][^\n]*\n|\s)*\[[\w. -]+\]\s*\n/ },
  { name: 'an access log', start: /^\S+ \S+ \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:[^\]\n]+\] "/ },
  { name: 'an error log', start: /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2} \[[a-z]+\] \d+#\d+: / },
  { name: 'binary data', start: /^[^\0]{0,1000}\0/ },
]
