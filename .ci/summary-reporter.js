// Ends the output of jest with one plain line for people and machines: "Tests: 12 passed, 0 failed, 0 skipped".
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    // A suite that could not even start counts as a failure, or the line would look clean while the run is red.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    // Jest runs its own summary after every other reporter; only the exit comes later.
    process.once('exit', () => {
      process.stdout.write(`\nTests: ${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`)
    })
  }
}
