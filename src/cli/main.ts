import { isMainThread } from 'node:worker_threads'
import { nodeIo } from './node-io.ts'
import { run } from './run.ts'

if (isMainThread)
  run(process.argv.slice(2), nodeIo()).then((code) => {
    process.exitCode = code
  })
else import('./lint-worker.ts').then(({ work }) => work())
