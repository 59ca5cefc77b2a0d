/** The variables of the table, asked of the nginx at hand: those that its version has are known to it, and no others. */
import { expect } from '@jest/globals'
import { groupBy } from '../../src/config/group-by.ts'
import { absence } from '../../src/nginx/states.ts'
import { variableEntries, variableNames } from '../../src/nginx/variables.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf, nginxTest } from './nginx.ts'
import { nginxVersion } from './nginx-binary.ts'
import { makeTree } from './tree.ts'

/** Those of the names that nginx does not know. It stops at the first one each time. */
async function unknownOf(names: readonly string[]): Promise<ReadonlySet<string>> {
  const unknown = new Set<string>()
  const tree = makeTree({})
  try {
    for (;;) {
      const left = names.filter((name) => !unknown.has(name))
      const formats = left.map((name) => `log_format ${name} "$${name}";`)
      tree.write({ 'nginx.conf': mainConf(`variables_hash_max_size 4096;\n${formats.join('\n')}`) })
      const { syntaxOk, messages } = await nginxTest(tree.dir)
      if (syntaxOk) return unknown
      const says = messages.map(({ text }) => text).join('\n')
      const name = /unknown "(\w+)" variable/.exec(says)?.[1]
      if (name === undefined) throw new Error(says)
      unknown.add(name)
    }
  } finally {
    tree.remove()
  }
}

/** Which module a variable of nginx itself is of; none for those of others, and of NGINX Plus. */
function moduleOf(name: string): string | undefined {
  const [entry, ...others] = variableEntries(name).filter(({ family }) => family === 'http')
  return entry?.module && others.length === 0 && !entry.thirdParty && !entry.commercial ? entry.module : undefined
}

describeWithNginx('the variables of http', (add) => {
  add('are known to nginx since the version that the table says', async () => {
    const target = parseVersion(nginxVersion()) ?? 'unknown'
    const names = variableNames('http').filter(moduleOf)
    const unknown = await unknownOf(names)
    // Of a module that is not built in nginx knows none.
    const modules = groupBy(names, (name) => moduleOf(name) as string)
    const asked = [...modules.values()].filter((all) => all.some((name) => !unknown.has(name))).flat()
    const isAbsent = (name: string) => variableEntries(name).every((entry) => absence(entry, target) !== undefined)
    expect(asked.filter((name) => unknown.has(name))).toEqual(asked.filter(isAbsent))
    expect(asked.length).toBeGreaterThan(100)
  })
})
