import type { Display } from '../report/index.ts'
import type { Io } from './io.ts'

const DEFAULT_WIDTH = 80

/** How to show things on standard output, or in a file that stands for it. */
export function displayFor(io: Io, color: boolean | undefined, isTerminal = io.isTerminal): Display {
  const columns = Number(io.env.COLUMNS)
  const width =
    (isTerminal ? io.columns : undefined) ?? (Number.isInteger(columns) && columns > 0 ? columns : DEFAULT_WIDTH)
  return { cwd: io.cwd, width, hasColor: color ?? wantsColor(io.env, isTerminal) }
}

/** https://no-color.org, and FORCE_COLOR as Node reads it, which wins over it. */
function wantsColor(env: Io['env'], isTerminal: boolean): boolean {
  const force = env.FORCE_COLOR
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return isTerminal && env.TERM !== 'dumb'
}
