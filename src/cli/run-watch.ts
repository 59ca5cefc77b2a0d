import type { ConfigurationFiles } from '../config/index.ts'
import type { Watch } from '../lint/watch.ts'
import type { Stats } from '../report/index.ts'
import { displayPath } from '../report/paths.ts'
import { plural } from '../report/summary.ts'
import type { Io } from './io.ts'
import { optimizeLater, optimizeNow } from './optimize-later.ts'
import { Progress } from './progress.ts'
import { Stopwatch } from './stopwatch.ts'

/** Bytes from which on it is worth 2 ms to tell V8 so. */
const LARGE = 200_000
/** Bytes, and milliseconds, from which on memory is less dear than time. */
const HUGE = 10_000_000
const LONG = 1_000

/** What a run costs, and what it does at the moment, for `--stats` and for people who wait. */
export class RunWatch {
  /** Prints as the world does, but for the line of progress, which makes room. */
  readonly io: Io
  readonly #stopwatch: Stopwatch
  readonly #progress: Progress
  readonly #bytes = new Map<string, number>()
  #doing = ''
  #read = 0
  #isSparing = false

  constructor(io: Io) {
    this.#stopwatch = new Stopwatch(io.elapsed)
    this.#progress = new Progress(io)
    const clear = () => this.#progress.clear()
    this.io = {
      ...io,
      out: (text) => {
        clear()
        io.out(text)
      },
      err: (text) => {
        clear()
        io.err(text)
      },
    }
  }

  readonly watch: Watch = (stage, work, detail) => {
    this.#doing = detail === undefined ? stage : `${stage} ${displayPath(detail, this.io.cwd)}`
    this.#show()
    if (this.#isSparing && this.io.elapsed() > LONG) this.#spareNoMore()
    return this.#stopwatch.measure(stage, work)
  }

  /** The files, with what is read of them counted: each once, however often it is read. */
  counted(files: ConfigurationFiles): ConfigurationFiles {
    return {
      ...files,
      read: (path) => {
        const content = files.read(path)
        if ('text' in content) this.#count(path, content.text.length)
        this.#show()
        return content
      },
    }
  }

  stats(paths: readonly string[]): Stats {
    const bytes = paths.reduce((sum, path) => sum + (this.#bytes.get(path) ?? 0), 0)
    return { files: paths.length, bytes, milliseconds: this.io.elapsed(), stages: this.#stopwatch.stages }
  }

  /** At the end, whatever the end is. */
  end(): void {
    this.#progress.clear()
  }

  #count(path: string, bytes: number): void {
    this.#bytes.set(path, bytes)
    const before = this.#read
    this.#read += bytes
    if (before <= LARGE && this.#read > LARGE) {
      optimizeLater()
      this.#isSparing = true
    }
    if (this.#isSparing && this.#read > HUGE) this.#spareNoMore()
  }

  #spareNoMore(): void {
    optimizeNow()
    this.#isSparing = false
  }

  #show(): void {
    this.#progress.say(() => `ngxlint: ${this.#doing} (${plural(this.#bytes.size, 'file')} read)`)
  }
}
