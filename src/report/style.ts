/** The only colours there are. Basic ones, which terminals show in the hues their owner chose. */
const CODES = {
  error: [31, 39],
  warning: [33, 39],
  info: [36, 39],
  good: [32, 39],
  removed: [31, 39],
  bold: [1, 22],
  dim: [2, 22],
} as const

export type Style = { readonly [Name in keyof typeof CODES]: (text: string) => string }

export function styleFor(hasColor: boolean): Style {
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      hasColor && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text
  return Object.fromEntries(Object.entries(CODES).map(([name, codes]) => [name, paint(codes)])) as Style
}
