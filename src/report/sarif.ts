import type { ArtifactChange, ArtifactLocation, Fix, Location, Log, Region, ReportingDescriptor, Result } from 'sarif'
import type { ConfigurationFile } from '../config/index.ts'
import type { FileEdit, Place, Problem, RelatedPlace, Severity } from '../lint/problem.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { fingerprintsOf } from './digest-node.ts'
import { renderMarkdown } from './markdown.ts'
import { projectPath } from './paths.ts'
import type { Formatter, Tool } from './report.ts'
import { escapeInJson, sanitize } from './sanitize.ts'
import { styleFor } from './style.ts'
import { withRepairs } from './with-repairs.ts'

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, for code scanning and for editors. */
export const sarif: Formatter = ({ problems }, { cwd }, tool) => {
  const ids = [...new Set(problems.map(({ ruleId }) => ruleId))]
  const fingerprints = fingerprintsOf(problems, cwd)
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'ngxlint', semanticVersion: tool.version, rules: ids.map((id) => toDescriptor(id, tool)) },
        },
        originalUriBaseIds: { [ROOT]: { uri: `${fileUri(cwd).replace(/\/$/, '')}/` } },
        // Columns count code points, and a byte order mark has none (§3.14.27).
        columnKind: 'unicodeCodePoints',
        results: problems.map((problem) => ({
          ...toResult(problem, cwd),
          ruleIndex: ids.indexOf(problem.ruleId),
          partialFingerprints: { 'ngxlint/v1': fingerprints.get(problem) as string },
        })),
      },
    ],
  }
  return `${escapeInJson(JSON.stringify(log))}\n`
}

const ROOT = '%SRCROOT%'
const LEVELS = { error: 'error', warn: 'warning', info: 'note' } as const satisfies Record<string, Result['level']>
/** What GitHub sorts the findings of code quality by. */
const PROBLEM_SEVERITIES = { error: 'error', warn: 'warning', info: 'recommendation' } as const

function toDescriptor(id: string, { rules, pageOf }: Tool): ReportingDescriptor {
  const registered = rules.find((known) => known.id === id)
  return registered ? described(registered, pageOf(id)) : { id }
}

function described({ id, rule }: RegisteredRule, page = `# ${id}\n\n${rule.summary}.\n`): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: rule.summary.replaceAll('`', '') },
    fullDescription: { text: rule.summary.replaceAll('`', ''), markdown: rule.summary },
    help: { text: renderMarkdown(page, HELP_WIDTH, styleFor(false)), markdown: page },
    ...(rule.see === '' ? {} : { helpUri: rule.see }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: ['nginx', ...(id.includes('/') ? [id.split('/')[0] as string] : [])],
      precision: 'high',
      'problem.severity': PROBLEM_SEVERITIES[rule.severity],
    },
  }
}

const HELP_WIDTH = 100

function toResult(problem: Problem, cwd: string): Result {
  const { ruleId, severity, message, related } = problem
  const fix = toFix(problem, cwd)
  return {
    ruleId,
    level: levelOf(severity),
    message: { text: plainText(message) },
    locations: [toLocation(problem, cwd)],
    ...(related.length > 0 ? { relatedLocations: related.map((place, id) => toRelated(place, id, cwd)) } : {}),
    ...(fix ? { fixes: [fix] } : {}),
  }
}

function levelOf(severity: Exclude<Severity, 'off'>): Result['level'] & string {
  return LEVELS[severity]
}

/** In a message, `[words](target)` would be shown as a link (§3.11.6): what a file holds must not make one. */
function plainText(text: string): string {
  return sanitize(text).replace(/\[(?=[^\]]*\]\()/g, '\\[')
}

function toLocation({ file, span }: Place, cwd: string): Location {
  return { physicalLocation: { artifactLocation: toArtifact(file, cwd), region: toRegion({ file, span }) } }
}

function toRelated(place: RelatedPlace, id: number, cwd: string): Location {
  return { id, ...toLocation(place, cwd), message: { text: plainText(place.message) } }
}

/** Files below the root by their place in it; others in full. */
function toArtifact(file: ConfigurationFile, cwd: string): ArtifactLocation {
  const shown = projectPath(file, cwd)
  if (shown.startsWith('/')) return { uri: fileUri(shown) }
  return { uri: encodePath(shown), uriBaseId: ROOT }
}

function fileUri(path: string): string {
  return `file://${encodePath(path)}`
}

/** A colon in the first part of a relative path would be taken for the end of a scheme. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function toRegion({ file: { source }, span }: Place): Region {
  const [start, end] = [source.positionAt(span.start), source.positionAt(span.end)]
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** Undefined where there is no fix, or one with bytes that JSON can't hold. */
function toFix({ fix }: Problem, cwd: string): Fix | undefined {
  if (!fix || fix.edits.some(({ edit }) => decodeForDisplay(edit.text).includes('\ufffd'))) return undefined
  const edits = withRepairs(fix.edits)
  const files = [...new Set(edits.map(({ file }) => file))]
  const text =
    fix.safety === 'safe'
      ? 'Changes nothing else (ngxlint --fix)'
      : 'May change more than the message says (ngxlint --fix --unsafe-fixes)'
  return { description: { text }, artifactChanges: files.map((file) => toChange(file, edits, cwd)) }
}

function toChange(file: ConfigurationFile, edits: readonly FileEdit[], cwd: string): ArtifactChange {
  const own = edits.filter((edit) => edit.file === file).map(({ edit }) => edit)
  return {
    artifactLocation: toArtifact(file, cwd),
    replacements: own.map((edit) => ({
      deletedRegion: toRegion({ file, span: edit }),
      ...(edit.text === '' ? {} : { insertedContent: { text: decodeForDisplay(edit.text) } }),
    })),
  }
}
