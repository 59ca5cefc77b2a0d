import { unusedSuppression } from '../src/lint/built-in.ts'

/** The runner finds these, since no rule knows what the others would have said: src/lint/suppressions. */
export default unusedSuppression.rule
