/** In the environment of the threads that `lint-parallel.ts` starts. */
const MARK = 'NGXLINT_THREAD'

export const workerEnvironment = { [MARK]: '1' }

/** Whether this is such a thread. The mark alone does not make one, but to ask Node each time takes 2 ms of every run. */
export function isWorker(): boolean {
  return process.env[MARK] !== undefined && !process.getBuiltinModule('node:worker_threads').isMainThread
}
