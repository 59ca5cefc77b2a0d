import { defineRule } from '../src/lint/rule.ts'
import { layout } from '../src/syntax/index.ts'

export default defineRule({
  summary: "nginx can't read the file, and does not start",
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  eachFile(file, report) {
    for (const { start, end, message, related, repair } of file.tree.problems) {
      report({
        at: { file, span: { start, end } },
        message,
        related: related ? [{ file, span: related, message: related.message }] : [],
        edits: repair ? [{ file, edit: layout.replace(repair, repair.text) }] : [],
      })
    }
  },
})
