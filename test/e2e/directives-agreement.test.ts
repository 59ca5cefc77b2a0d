/** Some directives of the table, in nginx and in ngxlint; `npm run prove:directives` has them all. */
import { afterAll, beforeAll, expect } from '@jest/globals'
import { directiveEntries } from '../../src/nginx/directives.ts'
import { namesToProve } from '../prove/directive-cases.ts'
import { DirectiveProof } from '../prove/directives.ts'
import { describeWithNginx } from './describe-with-nginx.ts'

/** One of so many. Those of a module beside each other are alike. */
const STEP = Number(process.env.PROVE_DIRECTIVES_STEP ?? 40)

const ALWAYS = [
  'proxy_pass',
  'proxy_set_header',
  'listen',
  'server',
  'root',
  'sendfile',
  'location',
  'http2',
  'upstream',
]

describeWithNginx('directives in nginx and in ngxlint', (add) => {
  let proof: DirectiveProof
  beforeAll(async () => {
    proof = await DirectiveProof.start()
  })
  afterAll(() => proof.end())

  add('both say the same of where one may stand, how many arguments it takes, and whether twice', async () => {
    const own = namesToProve().filter((name) => directiveEntries(name).some(({ thirdParty }) => !thirdParty))
    const names = new Set([...ALWAYS, ...own.filter((_, index) => index % STEP === 0)])
    const compared = await proof.compareAll([...names])
    const differing = compared.filter(({ outcome }) => outcome === 'differ')
    expect(
      differing.map(
        ({ case: { name, context, kind }, nginx, says, ngxlint }) =>
          `${name} in ${context}, ${kind}: nginx ${nginx} (${says}), ngxlint ${ngxlint}`,
      ),
    ).toEqual([])
    expect(compared.filter(({ outcome }) => outcome === 'agreed').length).toBeGreaterThan(300)
  })
})
