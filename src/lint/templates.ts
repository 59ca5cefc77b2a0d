import type { Configuration, ConfigurationFile, TemplateTag } from '../config/index.ts'
import type { FileEdit, Place, Problem } from './problem.ts'

/**
 * What can be said of files that another program fills in: nothing for certain where its tags may add lines, nothing of
 * lines that different branches may hold, and no fix that goes across a tag.
 */
export function asTemplatesAllow(problems: readonly Problem[], { files, main }: Configuration): readonly Problem[] {
  if (files.every(({ template }) => !template)) return problems
  return problems
    .filter((problem) => !problem.related.some((place) => place.file === problem.file && isParted(problem, place)))
    .map((problem) => {
      const isOpen = problem.file.template?.isOpen || main.template?.isOpen
      const isDoubtful = isOpen && problem.ruleId !== 'syntax'
      const severity = isDoubtful && problem.severity === 'error' ? 'warn' : problem.severity
      return {
        ...problem,
        severity,
        fix: problem.fix?.edits.every((edit) => mayMake(edit, problem)) ? problem.fix : undefined,
      }
    })
}

/** Whether an edit meets a tag, with a byte or an end. */
export function touchesTag({ file, edit }: FileEdit): boolean {
  return tagsOf(file).some((tag) => tag.start <= edit.end && edit.start <= tag.end)
}

function mayMake(made: FileEdit, { file, span }: Problem): boolean {
  return !touchesTag(made) && (made.file !== file || !isParted({ file, span }, { span: made.edit }))
}

/** Whether a tag between two places of one file decides whether both are there. */
function isParted(one: Place, other: Pick<Place, 'span'>): boolean {
  const start = Math.min(one.span.start, other.span.start)
  const end = Math.max(one.span.end, other.span.end)
  return tagsOf(one.file).some((tag) => tag.isControl && tag.start < end && start < tag.end)
}

function tagsOf({ template }: ConfigurationFile): readonly TemplateTag[] {
  return template?.tags ?? []
}
