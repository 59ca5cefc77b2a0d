import type { AfterStep } from '../fix/write/steps.ts'
import type { Io } from './io.ts'

let count = 0

/** For the tests of what is promised of an interrupted run: NGXLINT_TEST_STOP_AFTER=N kills this process after step N. */
export function afterStepOf({ env }: Io): AfterStep {
  const last = Number(env.NGXLINT_TEST_STOP_AFTER)
  return () => {
    if (++count === last) process.kill(process.pid, 'SIGKILL')
  }
}
