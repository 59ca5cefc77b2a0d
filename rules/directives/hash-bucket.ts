import { type LongName, longKeys, longServerNames, settingsBelowMaps } from '../../src/lint/long-names.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { hasUnsureFiles } from '../../src/lint/unread-level.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'

export default defineRule({
  summary: 'A name of a server, or a key of a map, is longer than the buckets of the table that nginx builds of them',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/hash.html',

  whole({ model }, report) {
    const { configuration } = model
    if (hasUnsureFiles(configuration)) return
    for (const long of [...longServerNames(model), ...longKeys(configuration)]) report(finding(long))
    for (const [setting, map] of settingsBelowMaps(configuration))
      report({
        at: setting,
        message: `nginx does not start: "${setting.name}" has to stand above all maps; move it above ${lineReference(map, setting, configuration)}`,
        related: [relatedDirective(map, 'the first map')],
      })
  },
})

function finding({ directive, word, setting, level, how }: LongName): Finding {
  const { file, statement } = directive
  const { start, end } = statement.words[word] ?? statement
  const isKey = word === 0
  const where = how.isCertain ? '' : ', where cache lines have 64 bytes, as they mostly have'
  return {
    at: { file, span: { start, end } },
    message: `nginx does not start${where}: this ${isKey ? 'key' : 'name'} is too long for a bucket of ${how.bucket} bytes; write "${setting} ${how.enough};" in "${level}"${isKey ? ', above the maps' : ''}`,
    ...(!how.isCertain && { severity: 'warn' }),
  }
}
