import type { ConfigurationFile, Template, TemplateTag } from '../src/config/index.ts'
import { DEPTH_LIMIT } from '../src/effective/index.ts'
import { otherKind } from '../src/lint/other-kind.ts'
import { isInPastedLine, pastedIn } from '../src/lint/pasted.ts'
import { defineRule, type Report } from '../src/lint/rule.ts'
import { isKnownDirective } from '../src/nginx/directives.ts'
import { decodeForDisplay, layout, type Span, type SyntaxProblem } from '../src/syntax/index.ts'

export default defineRule({
  summary: "nginx can't read the file, and does not start",
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  whole({ model }, report) {
    for (const file of model.configuration.files) reportFile(file, report)
    if (model.tooDeep)
      report({
        at: model.tooDeep,
        message: `blocks nest deeper here than ngxlint follows (${DEPTH_LIMIT} levels): what they mean is not looked at`,
        severity: 'warn',
      })
  },
})

function reportFile(file: ConfigurationFile, report: Report): void {
  const { problems } = file.tree
  const pasted = pastedIn(file)
  if (pasted.some(({ spoilsAll }) => spoilsAll)) return
  const other = otherKind(file)
  if (other !== undefined) {
    report({ at: { file, span: firstLine(file) }, message: other })
    return
  }
  const tag = problems.length > 0 ? tagNear(problems, file.template) : undefined
  if (tag) {
    const shown = decodeForDisplay(file.source.text.slice(tag.start, tag.end).slice(0, LONGEST_TAG))
    const message = `the blocks of this template can't be followed around "${shown}": lint the file that is made of it`
    report({ at: { file, span: tag }, message, severity: 'warn' })
    return
  }
  // What another program's file wants, nobody here knows.
  const isNginx = file.tree.statements.some(({ name }) => isKnownDirective(name))
  for (const { start, end, message, related, repair, guess } of problems) {
    if (pasted.length > 0 && isInPastedLine(file, start)) continue
    const fix = repair ?? guess
    report({
      at: { file, span: { start, end } },
      message,
      related: related ? [{ file, span: related, message: related.message }] : [],
      edits: fix && isNginx && pasted.length === 0 ? [{ file, edit: layout.replace(fix, fix.text) }] : [],
      safety: repair ? 'safe' : 'unsafe',
    })
  }
}

const LONGEST_TAG = 40

/** What is shown of a file that is none. */
function firstLine({ source: { text } }: ConfigurationFile): Span {
  const start = Math.max(0, text.search(/\S/))
  const end = text.indexOf('\n', start)
  return { start, end: end === -1 || end > start + LONGEST_TAG ? start + LONGEST_TAG : end }
}

/** The last tag before the first thing that can't be read, in a template whose tags may open and close blocks. */
function tagNear([first]: readonly SyntaxProblem[], template: Template | undefined): TemplateTag | undefined {
  if (!template?.tags.some(({ isControl }) => isControl)) return undefined
  return template.tags.findLast(({ start }) => first && start <= first.start) ?? template.tags[0]
}
