/** Many configurations in a row or side by side: each gets a tree, ports and an nginx of its own, and leaves nothing. */
import { availableParallelism } from 'node:os'
import { PortTakenError, type RunningNginx, startNginx } from './nginx.ts'
import { freePorts } from './ports.ts'
import { makeTree, type Tree, type TreeFiles } from './tree.ts'

export interface NginxJob {
  /** How many ports it listens on: 1 unless given. One nginx with many servers is the quickest way to ask many things. */
  readonly ports?: number
  /** The tree for these ports. Asked again with others if somebody took one of them meanwhile. */
  files(ports: readonly number[], dir: string): TreeFiles
  /** Main configuration: `nginx.conf` unless given. */
  readonly conf?: string
}

export interface NginxAtWork {
  readonly nginx: RunningNginx
  readonly ports: readonly number[]
  readonly port: number
  readonly tree: Tree
}

const ATTEMPTS = 5

/** Starts nginx on a new tree, lets `use` ask it, stops it and removes the tree, whatever happens. */
export async function withNginx<T>(job: NginxJob, use: (at: NginxAtWork) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(job.ports ?? 1)
    const tree = makeTree({})
    try {
      tree.write(job.files(ports, tree.dir))
      const nginx = await startNginx({ dir: tree.dir, conf: job.conf ?? 'nginx.conf' })
      try {
        return await use({ nginx, ports, port: ports[0]!, tree })
      } finally {
        await nginx.stop()
      }
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === ATTEMPTS) throw error
    } finally {
      tree.remove()
    }
  }
}

/** Runs jobs side by side, but only so many at a time. */
export class NginxPool {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(size: number = availableParallelism()) {
    this.#free = size
  }

  async run<T>(job: NginxJob, use: (at: NginxAtWork) => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await withNginx(job, use)
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
