/** Asks `ngxlint probe` and `ngxlint trace` as people do, for JSON, in this process. */
import { expect } from '@jest/globals'
import { Folder } from '../cli/run-in.ts'

export interface Probed {
  readonly code: number
  readonly open: boolean
  readonly cause: string
  readonly means: string
  readonly hops: readonly { readonly id: string; readonly sign: string }[]
  readonly advice: readonly { readonly at: string; readonly text: string; readonly source: string }[]
  readonly answer: {
    readonly status: number
    readonly headers: readonly [string, string][]
    readonly body: string
  } | null
  readonly failure: { readonly kind: string; readonly detail: string } | null
  readonly connection: {
    readonly tls: { readonly version: string } | null
    readonly proxy: { readonly href: string; readonly from: string } | null
  }
  readonly pongMilliseconds: number | null
  readonly messages: readonly string[]
  readonly compare: { readonly cause: string; readonly between: string } | null
  readonly trace: { readonly sideBySide: string; readonly verdict: { readonly kind: string } } | null
}

export interface Traced {
  readonly code: number
  readonly outcome: string
  readonly verdict: {
    readonly kind: string
    readonly summary: string
    readonly reasons: readonly { readonly ruleId: string | null; readonly text: string }[]
  }
}

export function probe(...args: readonly string[]): Promise<Probed> {
  return probeIn({}, ...args)
}

/** @param env the environment, which may name proxies */
export async function probeIn(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Probed> {
  return (await json(['probe', '--json', ...args], env)) as Probed
}

export async function trace(...args: readonly string[]): Promise<Traced> {
  return (await json(['trace', '--json', ...args])) as Traced
}

async function json(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const folder = new Folder()
  try {
    const { code, out, err } = await folder.run(args, { env })
    expect(err).toBe('')
    return { code, ...JSON.parse(out) }
  } finally {
    folder.remove()
  }
}
