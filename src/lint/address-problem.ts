/** What is wrong with an argument, and how it is mended: so many bytes at its start, or at its end, are to be others. */
export interface AddressProblem {
  readonly message: string
  readonly start?: { readonly length: number; readonly text: string }
  readonly end?: number
  readonly safety?: 'safe' | 'unsafe'
}
