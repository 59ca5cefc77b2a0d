/**
 * Cleans up behind a test process, however that ends.
 *
 * A small shell holds the other end of a pipe. When the test process is gone (done, failed, killed with -9), the pipe
 * closes, and the shell kills what is still listed and removes the folder. Exit handlers can't promise that: they don't
 * run on a signal, nor reliably inside jest.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'

const SCRIPT = `
pids=' '
while read -r verb pid; do
  case $verb in
    adopt) pids="$pids$pid " ;;
    release) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
[ "$pids" = ' ' ] || kill -KILL $pids 2>/dev/null
rm -rf -- "$1"
`

export interface Reaper {
  /** Ends this child, should we not live to do it. */
  adopt(child: ChildProcess): void
  /** Does the work now; resolves when it is done. */
  end(): Promise<void>
}

/** A reaper that also removes `dir` in the end. It does not keep this process from exiting. */
export function startReaper(dir: string): Reaper {
  // In a session of its own, so that a Ctrl-C meant for the tests doesn't take the reaper along.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const pipe = shell.stdin as Socket
  pipe.on('error', () => {})
  pipe.unref()
  shell.unref()
  return {
    adopt(child) {
      pipe.write(`adopt ${child.pid}\n`)
      child.once('exit', () => pipe.write(`release ${child.pid}\n`))
    },
    end() {
      shell.ref()
      return new Promise((resolve) => {
        shell.once('exit', () => resolve())
        pipe.end()
      })
    },
  }
}
