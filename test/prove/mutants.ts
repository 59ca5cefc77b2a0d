/** Syntax against reality: valid configurations, mutated, are read by `nginx -t` and by us. */
import { readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { mainConf, nginxTest } from '../e2e/nginx.ts'
import { freePorts } from '../e2e/ports.ts'
import { makeTree, type Tree } from '../e2e/tree.ts'
import { certificateFiles } from './certificate.ts'
import { generatedCase } from './generator.ts'
import { type Mutation, mutate, mutations } from './mutate.ts'
import { adaptFixture, readFixture, variantsOf } from './runnable-fixture.ts'
import { ABOUT_SYNTAX, compareReadings, type Reading, type Verdict, withoutRefused } from './syntax-verdicts.ts'
import { writeHttp } from './write-conf.ts'

/** A valid file in its tree. */
export interface Subject {
  readonly name: string
  readonly tree: Tree
  /** The main configuration, and the file that is mutated; often the same. */
  readonly conf: string
  readonly file: string
  readonly text: string
}

export interface Mutant {
  readonly subject: Subject
  readonly wanted: readonly Mutation[]
}

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
/** More statements than this that nginx refuses for what they say are not looked behind. */
const MOST_REFUSED = 10
/** The same ones in every run, so that a batch can be repeated alone. */
const GENERATED = { numRuns: 40, seed: 20261122 }

/** Every configuration file of the fixtures that nginx takes, and some of the generator's configurations. */
export async function findSubjects(): Promise<Subject[]> {
  const ports = await freePorts(4)
  const folders = readdirSync(FIXTURES).flatMap((name) => {
    const { good, fixed } = variantsOf(join(FIXTURES, name))
    return [good, fixed]
  })
  const subjects = folders.flatMap((folder) => {
    const fixture = readFixture(folder)
    const certificate = certificateFiles()
    if (fixture.needsCertificate && !certificate) return []
    const tree = makeTree({ ...certificate })
    const files = adaptFixture(fixture, { dir: tree.dir, ports, backendPort: ports[3] as number })
    tree.write(files)
    return Object.entries(files).flatMap(([file, text]) =>
      typeof text === 'string' && !file.endsWith('mime.types')
        ? [{ name: join(folder.slice(FIXTURES.length), file), tree, conf: fixture.conf, file, text }]
        : [],
    )
  })
  const generated = fc.sample(generatedCase(1), GENERATED).map((each, index) => {
    const tree = makeTree({})
    const text = mainConf(writeHttp(each, { ports, backendPort: ports[3] as number, dir: tree.dir }))
    tree.write({ 'nginx.conf': text })
    return { name: `generated ${index}`, tree, conf: 'nginx.conf', file: 'nginx.conf', text }
  })
  return [...subjects, ...generated]
}

export function mutant(subjects: readonly Subject[]): fc.Arbitrary<Mutant> {
  return fc.record({ subject: fc.constantFrom(...subjects), wanted: mutations })
}

export async function runMutant({ subject, wanted }: Mutant): Promise<{ text: string; verdict: Verdict }> {
  const { file, tree, text: valid } = subject
  let text = mutate(valid, wanted)
  try {
    for (let refused = 0; ; refused++) {
      const nginx = await readWithNginx(subject, text)
      const verdict = compareReadings(text, nginx)
      if (verdict.kind !== 'stopped' || nginx.kind === 'accepted') return { text, verdict }
      const rest = refused < MOST_REFUSED ? withoutRefused(text, nginx) : undefined
      if (rest === undefined || rest === text) return { text, verdict }
      text = rest
    }
  } finally {
    tree.write({ [file]: valid })
  }
}

export async function readWithNginx({ tree, conf, file }: Subject, text: string): Promise<Reading> {
  tree.write({ [file]: text })
  const { messages, raw } = await nginxTest(tree.dir, conf)
  if (raw.includes('syntax is ok')) return { kind: 'accepted' }
  const refusal = messages.find(({ level }) => level === 'emerg')
  // As of an `include` that names a folder by now.
  if (!refusal && /\[crit\]/.test(raw)) return { kind: 'other', isHere: false, line: undefined, says: raw }
  if (!refusal) throw new Error(`nginx gave no verdict: ${raw}`)
  // A site of Debian's is read through a link.
  const isHere = refusal.file !== undefined && realpathSync(refusal.file) === tree.path(file)
  const kind = ABOUT_SYNTAX.test(refusal.text) && isHere ? 'syntax' : 'other'
  return { kind, isHere, line: isHere ? refusal.line : undefined, says: refusal.text }
}
