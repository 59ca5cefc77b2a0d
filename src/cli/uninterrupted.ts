const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does work that takes a moment, and which Ctrl-C must not cut in two. What it could not stop is then done. */
export function uninterrupted<Result>(work: () => Result): Result {
  const wait = () => {}
  for (const signal of SIGNALS) process.on(signal, wait)
  try {
    return work()
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait)
  }
}
