/** Files could not be written; none has changed, but for those that the message names. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** The message of what the system said, as `ENOSPC: no space left on device, write`. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code
}
