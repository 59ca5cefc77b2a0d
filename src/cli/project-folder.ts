import type { Format } from '../report/index.ts'
import type { Io } from './io.ts'

/** Where GitHub and GitLab check a project out: what they read, they take for relative to that. */
const VARIABLES = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR']
const READERS: ReadonlySet<Format> = new Set(['sarif', 'github', 'gitlab'])

/** The folder that a report's paths are relative to: the current one, or that of the project around it. */
export function projectFolder(format: Format, { cwd, env }: Pick<Io, 'cwd' | 'env'>): string {
  if (!READERS.has(format)) return cwd
  const folders = VARIABLES.flatMap((name) => env[name]?.replace(/\/+$/, '') || [])
  return folders.find((folder) => cwd.startsWith(`${folder}/`)) ?? cwd
}
