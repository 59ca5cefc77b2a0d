/**
 * Called after each step that changes something on the disk. The tests end the process there, or meddle, so that what
 * is promised of a run that is interrupted is seen at every place where it can be.
 */
export type AfterStep = (step: string) => void

export const NO_STEPS: AfterStep = () => {}
