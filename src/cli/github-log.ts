import { withoutCommands, withoutCommandsInJson } from '../report/workflow-commands.ts'
import type { Io } from './io.ts'

/** The world, but that in a step of GitHub's nothing on standard output is a command to it, whatever it quotes. */
export function withGuardedOutput(io: Io, isJson = false): Io {
  if (io.env.GITHUB_ACTIONS !== 'true') return io
  const guard = isJson ? withoutCommandsInJson : withoutCommands
  return { ...io, out: (text) => io.out(typeof text === 'string' ? guard(text) : text) }
}
