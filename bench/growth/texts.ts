import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RULES = fileURLToPath(new URL('../../rules', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url))

/** Bytes of the longest fixture that is taken: what is repeated thousands of times must be short. */
const LONGEST = 8_000

export interface NamedText {
  readonly name: string
  readonly text: string
}

/** The examples on the pages of the rules, and the configurations of the fixtures. */
export function readTexts(): NamedText[] {
  const examples = filesBelow(RULES, '.md').flatMap(({ name, text }) =>
    [...text.matchAll(/^```nginx (\w+)[^\n]*\n(.*?)^```$/gms)].map(([, mark = '', example = '']) => ({
      name: `${name} ${mark}`,
      text: example,
    })),
  )
  return [...examples, ...filesBelow(FIXTURES, '.conf').filter(({ text }) => text.length < LONGEST)]
}

function filesBelow(folder: string, ending: string): NamedText[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}
