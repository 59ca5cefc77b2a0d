import { pastedIn } from '../../src/lint/pasted.ts'
import { defineRule } from '../../src/lint/rule.ts'

export default defineRule({
  summary: 'Something came along when the configuration was copied: no-break spaces, numbers of lines, HTML, Markdown',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  eachFile(file, report) {
    for (const { span, message, edits, mayStart } of pastedIn(file))
      report({
        at: { file, span },
        message,
        edits: edits.map((edit) => ({ file, edit })),
        // What keeps nginx from starting changes nothing that runs.
        ...(mayStart ? { severity: 'warn' } : { safety: 'safe' }),
      })
  },
})
