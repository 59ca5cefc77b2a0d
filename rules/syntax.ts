import type { ConfigurationFile } from '../src/config/index.ts'
import { defineRule } from '../src/lint/rule.ts'
import { isKnownDirective } from '../src/nginx/directives.ts'
import { layout, type SyntaxProblem } from '../src/syntax/index.ts'

export default defineRule({
  summary: "nginx can't read the file, and does not start",
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  eachFile(file, report) {
    const { problems } = file.tree
    const placeholder = findPlaceholder(file)
    if (placeholder) {
      const message = `nginx can't read "${placeholder.text}": this is a template, lint the file that is made of it`
      report({ at: { file, span: placeholder }, message })
      return
    }
    // What another program's file wants, nobody here knows.
    const isNginx = file.tree.statements.some(({ name }) => isKnownDirective(name))
    for (const { start, end, message, related, repair } of problems) {
      report({
        at: { file, span: { start, end } },
        message,
        related: related ? [{ file, span: related, message: related.message }] : [],
        edits: repair && isNginx ? [{ file, edit: layout.replace(repair, repair.text) }] : [],
      })
    }
  },
})

/** What templates of Jinja, Go, ERB and the like are filled in at, on a line that nginx stumbles over. */
function findPlaceholder({ tree, source }: ConfigurationFile) {
  const onLine = ({ start }: SyntaxProblem) => {
    const lineStart = source.lineStart(source.lineAt(start))
    const mark = /\{\{|\{%|<%/.exec(source.text.slice(lineStart, source.lineEnd(source.lineAt(start))))
    return mark && { start: lineStart + mark.index, end: lineStart + mark.index + 2, text: mark[0] }
  }
  for (const problem of tree.problems) {
    const found = onLine(problem)
    if (found) return found
  }
  return undefined
}
