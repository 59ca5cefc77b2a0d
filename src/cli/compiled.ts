/** What V8 has compiled in this process, for `.ci/command.cjs`, which keeps it for later ones. */
export const compiled = {
  /** Whether all is there that a lint needs. */
  hasLinted: false,
  /** Whether V8 was given other flags than it started with: of what it makes then it takes nothing in later processes. */
  hasOtherFlags: false,
  get isWorthKeeping(): boolean {
    return this.hasLinted && !this.hasOtherFlags
  },
}
