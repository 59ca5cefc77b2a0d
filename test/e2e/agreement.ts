/** Whether nginx and ngxlint agree on what nginx takes. */
import { expect } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { certificateFiles } from '../prove/certificate.ts'
import { mainConf, nginxTest } from './nginx.ts'
import { nginxVersion } from './nginx-binary.ts'
import { makeTree } from './tree.ts'

/**
 * All of these are taken by both, or refused by both.
 * @param whole makes a configuration of what stands in `http`
 */
export async function expectAgreement(
  all: readonly string[],
  isTaken: boolean,
  written = (one: string) => one,
  whole = mainConf,
): Promise<void> {
  const seen: Record<string, unknown> = {}
  for (const one of all) seen[one] = await verdictsOn(whole(written(one)))
  expect(seen).toEqual(Object.fromEntries(all.map((one) => [one, { nginx: isTaken, ngxlint: isTaken }])))
}

/** Whether nginx can read the configuration, and whether an error is said of it. */
async function verdictsOn(text: string): Promise<{ readonly nginx: boolean; readonly ngxlint: boolean }> {
  const tree = makeTree({ 'nginx.conf': text, ...certificateFiles() })
  try {
    // Ports that others have are no matter of the configuration. Zones are looked at when all of it has been read.
    const { syntaxOk, messages } = await nginxTest(tree.dir)
    const isTaken =
      syntaxOk &&
      !messages.some(({ text: said }) => /^zero size shared memory zone|^ngx_slab_alloc\(\) failed/.test(said))
    const target = parseVersion(nginxVersion()) ?? 'unknown'
    const { problems } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text }), rules, { target })
    return { nginx: isTaken, ngxlint: problems.every(({ severity }) => severity !== 'error') }
  } finally {
    tree.remove()
  }
}
