export { compiled } from './compiled.ts'

import { nodeIo } from './node-io.ts'
import { run } from './run.ts'
import { isWorker } from './worker-mark.ts'

if (isWorker()) import('./lint-worker.ts').then(({ work }) => work())
else
  run(process.argv.slice(2), nodeIo()).then((code) => {
    process.exitCode = code
  })
