/**
 * `npm run bench`: what ngxlint takes, beside others, and how that grows. `-- --quick` is over in about a minute;
 * `-- --write` puts the results into bench/RESULTS.md.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { SIZE_LIMIT } from '../src/config/files.ts'
import { bareNode, ngxlint, others, versionOf } from './contenders.ts'
import { generate, generateSmall, type Layout, type Sample, shapes } from './generate.ts'
import { type Contender, compare, type Measurement } from './measure.ts'
import { firstParseOf, lintAndFix, type Stages, stagesOf, traced } from './stages.ts'
import { megabytes, milliseconds, ratio, table } from './table.ts'

const isQuick = process.argv.includes('--quick')
const RESULTS = new URL('RESULTS.md', import.meta.url)
const COMMAND = new URL('../dist/src/cli/main.js', import.meta.url)

/** Hosts, and how often that is run: less for what takes long. */
const SIZES: readonly { readonly hosts: number; readonly rounds: number }[] = isQuick
  ? [
      { hosts: 100, rounds: 5 },
      { hosts: 1_000, rounds: 5 },
    ]
  : [
      { hosts: 100, rounds: 7 },
      { hosts: 1_000, rounds: 7 },
      { hosts: 10_000, rounds: 3 },
      { hosts: 50_000, rounds: 1 },
    ]
const SHAPE_SIZE = isQuick ? 250 : 2_500
const LAYOUTS: readonly Layout[] = ['one file', 'a file per host']

const printed: string[] = []

function print(text: string): void {
  console.log(text)
  printed.push(text)
}

function main(folder: string): void {
  print(`${machine()}\n`)
  startUp(folder)
  const stages = new Map<string, Stages>()
  const lints = new Map<string, number>()
  const firstParses = new Map<string, number>()
  for (const layout of LAYOUTS) wholeProcesses(folder, layout, { stages, lints, firstParses })
  for (const layout of LAYOUTS) ownUpstreams(folder, layout)
  threadTable(folder)
  stageTable(stages)
  firstParseTable(firstParses)
  growth(stages, lints)
  shapeTable()
  traceTable()
}

function machine(): string {
  const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`
  const versions = `Node ${process.version}, ${versionOf('nginx', '-v')}, Linux ${release()}`
  return `${new Date().toISOString().slice(0, 10)}, ${processor}; ${versions}`
}

function startUp(folder: string): void {
  print(`## Start-up\n`)
  const clean = generateSmall(join(folder, 'clean'), true)
  const broken = generateSmall(join(folder, 'broken'), false)
  const alone = generateSmall(join(folder, 'alone'), true)
  // Where a repository ends, nobody looks further up for an nginx.conf that might include the file, as in /etc/nginx.
  for (const { path } of [clean, broken]) mkdirSync(join(dirname(path), '.git'))
  const contenders = [
    bareNode,
    ngxlint('ngxlint, 60 lines, clean', clean.path),
    ngxlint('the same outside of a repository', alone.path),
    ngxlint('ngxlint, 60 lines, one problem', broken.path),
    ngxlint('the same as JSON', '--format', 'json', broken.path),
    ngxlint('the same with --diff', '--diff', broken.path),
    ngxlint('ngxlint --version', '--version'),
  ]
  comparison(compare(contenders, isQuick ? 11 : 41), 'node -e 0')
}

/** Milliseconds by the title of what was measured. */
interface Measured {
  readonly stages: Map<string, Stages>
  /** Of whole processes. */
  readonly lints: Map<string, number>
  readonly firstParses: Map<string, number>
}

function wholeProcesses(folder: string, layout: Layout, { stages, lints, firstParses }: Measured): void {
  for (const { hosts, rounds } of SIZES) {
    const sample = generate(join(folder, `${layout} ${hosts}`.replaceAll(' ', '-')), hosts, layout)
    print(`## ${title(sample, layout)}\n`)
    if (sample.bytes > SIZE_LIMIT) {
      print('More than ngxlint takes.\n')
      continue
    }
    const contenders: Contender[] = [
      bareNode,
      ngxlint('ngxlint', sample.path),
      ngxlint('ngxlint, as JSON', '--format', 'json', sample.path),
      ...others(sample),
    ]
    const measurements = compare(contenders, rounds)
    comparison(measurements, 'nginx -t', sample)
    lints.set(title(sample, layout), measurements.find(({ name }) => name === 'ngxlint')?.median ?? Number.NaN)
    stages.set(title(sample, layout), stagesOf(sample, Math.max(rounds, 3)))
    if (layout === 'one file') firstParses.set(title(sample, layout), firstParseOf(sample, 5))
  }
}

/** The same hosts, each with a backend of its own. */
function ownUpstreams(folder: string, layout: Layout): void {
  for (const { hosts, rounds } of SIZES.filter(({ hosts }) => hosts === 1_000 || hosts === 10_000)) {
    const sample = generate(
      join(folder, `own upstreams ${layout} ${hosts}`.replaceAll(' ', '-')),
      hosts,
      layout,
      'one each',
    )
    print(`## ${title(sample, layout)}, an upstream for each host\n`)
    const contenders = [
      bareNode,
      ngxlint('ngxlint', sample.path),
      ...others(sample).filter(({ name }) => name === 'nginx -t'),
    ]
    comparison(compare(contenders, rounds), 'nginx -t', sample)
  }
}

/** Two configurations of one size, in one thread and in as many as there are processors. */
function threadTable(folder: string): void {
  const hosts = isQuick ? 1_000 : 10_000
  const paths = ['first', 'second'].map((name) => generate(join(folder, name), hosts, 'one file').path)
  print(`## Two configurations of ${hosts.toLocaleString('en')} hosts each\n`)
  const contenders = [
    bareNode,
    ngxlint('ngxlint --threads 1', '--threads', '1', ...paths),
    ngxlint('ngxlint, in threads', ...paths),
  ]
  comparison(compare(contenders, 5), 'ngxlint --threads 1')
}

function title({ hosts, bytes }: Sample, layout: Layout): string {
  return `${hosts.toLocaleString('en')} hosts, ${layout}, ${(bytes / 1e6).toFixed(1)} MB`
}

function comparison(measurements: readonly Measurement[], reference: string, sample?: Sample): void {
  const base = measurements.find(({ name }) => name === reference)
  const bare = measurements[0]?.usage?.peakMemory
  const rows = measurements.map(({ name, median, fastest, usage }) => [
    name,
    milliseconds(median),
    milliseconds(fastest),
    ratio(median / (base?.median ?? Number.NaN)),
    usage ? milliseconds(usage.processor) : '–',
    ratio((usage?.processor ?? Number.NaN) / (base?.usage?.processor ?? Number.NaN)),
    megabytes(usage?.peakMemory),
    sample && usage && bare ? ratio(((usage.peakMemory - bare) * 2 ** 20) / sample.bytes) : '',
  ])
  print(
    `${table(['', 'median', 'fastest', `to ${reference}`, 'processor', `to ${reference}`, 'peak', 'above Node, to input'], rows)}\n`,
  )
}

const STAGES = ['read', 'parse', 'load', 'model', 'rules', 'fix'] as const

function stageTable(stages: ReadonlyMap<string, Stages>): void {
  print('## Stages, in one process that has run them before\n')
  const rows = [...stages].map(([name, times]) => [
    name,
    ...STAGES.map((stage) => stageTime(times[stage], bytesOf(name))),
  ])
  print(`${table(['', ...STAGES], rows)}\n`)
}

function stageTime(time: number, bytes: number): string {
  return Number.isNaN(time) ? '–' : `${milliseconds(time)} (${Math.round(bytes / time / 1000)} MB/s)`
}

function firstParseTable(times: ReadonlyMap<string, number>): void {
  print('## Parsing, in processes that have not parsed before\n')
  const rows = [...times].map(([name, time]) => [name, stageTime(time, bytesOf(name))])
  print(`${table(['', 'parse'], rows)}\n`)
}

function growth(stages: ReadonlyMap<string, Stages>, lints: ReadonlyMap<string, number>): void {
  print('## Growth: time against proportional time, from one size to the next\n')
  const names = [...stages.keys()]
  const rows = names.slice(1).flatMap((name, index) => {
    const before = names[index] as string
    const factor = bytesOf(name) / bytesOf(before)
    if (factor < 1) return []
    const grown = (timeOf: (name: string) => number) => ratio(timeOf(name) / timeOf(before) / factor)
    const whole = grown((one) => lints.get(one) ?? Number.NaN)
    return [[name, whole, ...STAGES.map((stage) => grown((one) => (stages.get(one) as Stages)[stage]))]]
  })
  print(`${table(['', 'whole process', ...STAGES], rows)}\n`)
}

/** The size that stands in a title. */
function bytesOf(name: string): number {
  return Number(/([\d.]+) MB$/.exec(name)?.[1]) * 1e6
}

function shapeTable(): void {
  print(`## Shapes: from ${SHAPE_SIZE} to ${SHAPE_SIZE * 4}, time against proportional time\n`)
  const rows = Object.entries(shapes).map(([name, make]) => {
    lintAndFix(make(SHAPE_SIZE), 1)
    const small = lintAndFix(make(SHAPE_SIZE), 3)
    const large = lintAndFix(make(SHAPE_SIZE * 4), 1)
    const grown = (one: number, other: number) => ratio(other / one / 4)
    return [
      name,
      milliseconds(large.lint),
      grown(small.lint, large.lint),
      milliseconds(large.fix),
      grown(small.fix, large.fix),
      ratio(large.fix / large.lint),
      milliseconds(large.patch),
      grown(small.patch, large.patch),
    ]
  })
  print(`${table(['', 'lint', 'growth', 'fix and proof', 'growth', 'fix to lint', 'patch', 'growth'], rows)}\n`)
}

/** What a request costs must not depend on how many locations there are. */
function traceTable(): void {
  print('## One request followed through a server with so many locations\n')
  const make = shapes['broken locations in one server'] as (count: number) => string
  const rows = [100, 1_000, 10_000].map((count) => {
    const targets = Array.from({ length: 1_000 }, (_, index) => `/app${(index * 7919) % count}/socket.io/?EIO=4`)
    return [count.toLocaleString('en'), `${((traced(make(count), targets) / targets.length) * 1000).toFixed(1)} µs`]
  })
  print(`${table(['locations', 'each request'], rows)}\n`)
}

/** Keeps what people wrote in RESULTS.md, below the line that says so. */
function write(): void {
  const marker = '<!-- written by hand from here on -->'
  const known = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : ''
  const at = known.indexOf(marker)
  const byHand = at === -1 ? `${marker}\n` : known.slice(at)
  writeFileSync(RESULTS, `# What \`npm run bench\` measured\n\n${printed.join('\n')}\n${byHand}`)
}

if (!existsSync(COMMAND)) throw new Error('nothing is built: run "npm run build" first')
const folder = mkdtempSync(join(tmpdir(), 'ngxlint-bench-'))
try {
  main(folder)
  if (process.argv.includes('--write')) write()
} finally {
  rmSync(folder, { recursive: true })
}
