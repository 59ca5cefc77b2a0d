/** Texts to begin with: those kept here, and the configurations of the fixtures. */

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CORPUS = fileURLToPath(new URL('corpus', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url))

/** By file name, one char per byte. */
export function readCorpus(): Map<string, string> {
  return new Map(
    readdirSync(CORPUS)
      .sort()
      .map((name) => [name, readFileSync(join(CORPUS, name), 'latin1')]),
  )
}

/** The texts of the fixtures, each file by itself. */
export function readFixtures(): string[] {
  return readdirSync(FIXTURES, { recursive: true })
    .map((name) => join(FIXTURES, String(name)))
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => readFileSync(path, 'latin1'))
    .filter((text) => text.length < 10_000)
}

/** Keeps a text under a name that says why. */
export function keep(text: string, why: string): string {
  mkdirSync(CORPUS, { recursive: true })
  const hash = createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 8)
  const path = join(
    CORPUS,
    `${why
      .replace(/[^a-z0-9]+/gi, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 50)}-${hash}.conf`,
  )
  writeFileSync(path, text, 'latin1')
  return path
}
