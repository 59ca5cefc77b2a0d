import {
  type Configuration,
  type Directive,
  isGeoGlob,
  isRequired,
  pathGlob,
  type UnresolvedInclude,
} from '../../src/config/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { listOf, text } from '../../src/lint/settings/shape.ts'
import { nearestFileName } from '../../src/lint/suggest.ts'
import { changedIn } from '../../src/nginx/defaults.ts'
import { isAtLeast } from '../../src/nginx/version.ts'
import { decodeForDisplay, headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: "A file that is included can't be read, and what it holds stays unknown",
  severity: 'warn',
  fix: null,
  see: 'https://nginx.org/en/docs/ngx_core_module.html#include',
  options: {
    ignore: {
      shape: listOf(text({ words: 'a path or glob, as in the "include" line' })),
      describe: 'Paths of includes, or globs of them, whose files are there on the server only.',
    },
  },

  whole({ model: { configuration, target }, options }, report) {
    for (const include of configuration.unresolved) {
      const { unresolved, parent } = include
      if (!unresolved || unresolved.reason === 'template' || isExpected(include, options(include.file).ignore)) continue
      if (isGeoGlob(include) && isAtLeast(target, changedIn.geoIncludePatterns)) continue
      const around = parent ? `"${headText(parent.statement)}"` : 'the whole configuration'
      const message = `${trouble(include, unresolved, unresolved.reason, configuration)}; what it holds for ${around} stays unknown here`
      report({ at: include, message })
    }
  },
})

function isExpected(include: Directive, globs: readonly string[] = []): boolean {
  return globs.some((glob) => pathGlob(glob).test(decodeForDisplay(include.argument(0) ?? '')))
}

type Trouble = Exclude<UnresolvedInclude['reason'], 'template'>

function trouble(
  include: Directive,
  { path: file, beside = [] }: UnresolvedInclude,
  reason: Trouble,
  { isFragment }: Configuration,
): string {
  switch (reason) {
    case 'missing': {
      // A glob finds what is there: the name is, the file behind it is not.
      if (!isRequired(include)) return `${file} is a link that leads nowhere, and nginx does not start: remove the link`
      if (isGeoGlob(include))
        return `${file} does not exist, and nginx does not start without it: before ${changedIn.geoIncludePatterns} an include in geo is no pattern`
      const near = nearestFileName(file.slice(file.lastIndexOf('/') + 1), beside)
      const gone = `${file} does not exist${near === undefined ? '' : ` (did you mean "${near}"?)`}`
      if (isFragment)
        return `${gone}: lint the nginx.conf that this file belongs to, or say with --path-map where the copy of the folder is`
      return `${gone}, and nginx does not start without it: create it, or say with --path-map where its copy is`
    }
    case 'unreadable':
      return `${file} can't be read: run ngxlint as a user who may`
    case 'not a file':
      return `${file} is no file, and nginx does not start: include the files in it, as "${file.replace(/\/$/, '')}/*.conf"`
    case 'cycle':
      return `${file} includes itself, and nginx does not start: remove one of the includes`
    case 'too large':
      return `${file} is larger than any configuration, and was not read`
    case 'too many includes':
      return `the includes unfold to more files than ngxlint follows, and ${file} was left out`
  }
}
