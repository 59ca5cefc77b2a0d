/** Runs the command inside this process, on real files in a temporary folder. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'

/** Texts by path; a link is given by its target. */
export type Files = Readonly<Record<string, string | { readonly link: string }>>

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Surroundings {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly isTerminal?: boolean
  /** The folder to run in, below the temporary one. */
  readonly below?: string
}

/** Works with files in a temporary folder, which is gone afterwards. */
export async function within<Result>(files: Files, work: (folder: Folder) => Promise<Result>): Promise<Result> {
  const folder = new Folder(files)
  try {
    return await work(folder)
  } finally {
    folder.remove()
  }
}

/** A temporary folder with files; `remove` it at the end. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'ngxlint-cli-')))

  constructor(files: Files = {}) {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.path, name)
      mkdirSync(dirname(path), { recursive: true })
      if (typeof content === 'string') writeFileSync(path, content, 'latin1')
      else symlinkSync(content.link, path)
    }
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'latin1')
  }

  /** The names in it, for what was left behind. */
  names(): string[] {
    return readdirSync(this.path, { recursive: true }).map(String).sort()
  }

  /** What a command sees here; it writes to nowhere. */
  io({ input = '', env = {}, isTerminal = false, below = '.' }: Surroundings = {}): Io {
    const cwd = join(this.path, below)
    return {
      cwd,
      env,
      isTerminal,
      columns: undefined,
      isErrorTerminal: false,
      elapsed: () => 0,
      out: () => {},
      err: () => {},
      readInput: async () => input,
    }
  }

  async run(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
    const out: Buffer[] = []
    const err: Buffer[] = []
    const code = await run(args, {
      ...this.io(surroundings),
      out: (text) => out.push(Buffer.from(text)),
      err: (text) => err.push(Buffer.from(text)),
    })
    return { code, out: Buffer.concat(out).toString('latin1'), err: Buffer.concat(err).toString('latin1') }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Runs once, in a folder that is gone afterwards. */
export async function runIn(files: Files, args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  const folder = new Folder(files)
  try {
    return await folder.run(args, surroundings)
  } finally {
    folder.remove()
  }
}
