import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { settingsFileNames } from '../lint/settings/find.ts'
import { sanitize } from '../report/sanitize.ts'
import { wrap } from '../report/width.ts'
import { lookAround, type Project, textOf } from './init-project.ts'
import { githubWorkflow, gitlabJob, hookConfiguration, hookEntry, settingsText } from './init-texts.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { packageVersion } from './package.ts'

/** A file that `init` writes, unless it is there. */
interface Proposal {
  readonly path: string
  readonly text: string
  /** What to add to the file that is there, and what shows that it was added; nothing for a file of our own. */
  readonly addition?: { readonly text: string; readonly mark: string }
}

const WIDTH = 80
const NEXT = `
  ngxlint                      lints it
  ngxlint --write-baseline     accepts what there is now
  ngxlint --print-config FILE  tells what holds for a file
`

function notInstalled(version: string): string {
  return `ngxlint is not installed here: hook and CI step take ngxlint@${version} from npm. Where package.json has it, init writes them for that one.`
}

/** `ngxlint init`: the settings, the pre-commit hook and the CI step that suit a folder. Nothing is overwritten. */
export function init(io: Io): ExitCode {
  const project = lookAround(io.cwd)
  for (const note of project.notes) io.out(`${sanitize(note)}\n`)
  const version = packageVersion()
  const proposed = proposals(project, version)
  for (const proposal of proposed) propose(proposal, io)
  if (!project.isInstalled && proposed.length > 1) io.out(`\n${wrap(notInstalled(version), WIDTH).join('\n')}\n`)
  io.out(NEXT)
  return 0
}

function proposals(project: Project, version: string): Proposal[] {
  const { folder, isGit, mains, templates } = project
  // A step that finds nothing to read would fail each time.
  const ci = mains.length > 0 || templates.length > 0 ? project.ci : []
  const settings = settingsFileNames.find((name) => existsSync(join(folder, name))) ?? 'ngxlint.config.jsonc'
  const job = gitlabJob(project, version)
  return [
    { path: settings, text: settingsText(project) },
    ...(isGit
      ? [
          {
            path: '.pre-commit-config.yaml',
            text: hookConfiguration(project, version),
            addition: { text: hookEntry(project, version), mark: 'ngxlint' },
          },
        ]
      : []),
    ...(ci.includes('github')
      ? [{ path: '.github/workflows/ngxlint.yml', text: githubWorkflow(project, version) }]
      : []),
    ...(ci.includes('gitlab') ? [{ path: '.gitlab-ci.yml', text: job, addition: { text: job, mark: 'ngxlint' } }] : []),
  ].map((proposal) => ({ ...proposal, path: join(folder, proposal.path) }))
}

function propose({ path, text, addition }: Proposal, io: Io): void {
  const name = path.slice(io.cwd.length + 1)
  try {
    mkdirSync(dirname(path), { recursive: true })
    // Fails for a file that is there, and for a link that leads nowhere.
    writeFileSync(path, text, { flag: 'wx' })
    io.out(`written: ${sanitize(name)}\n`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new CommandError(`${name} can't be written: ${(error as Error).message}`)
    const isThere = !addition || textOf(path).includes(addition.mark)
    io.out(`${sanitize(name)} is there, and stays as it is${isThere ? '' : `; add to it:\n\n${addition.text}`}\n`)
  }
}
