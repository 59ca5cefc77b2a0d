/** What the documentation shows, for tests to run. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export function readDocument(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')
}

/** The blocks behind a `<!-- file: NAME -->`, by that name. */
export function filesIn(document: string): Map<string, string> {
  const blocks = document.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)^```$/gms)
  return new Map([...blocks].map(([, name, text]) => [name as string, text as string]))
}
