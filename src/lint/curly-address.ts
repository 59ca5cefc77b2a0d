import { betweenCurlyQuotes } from '../nginx/curly-quotes.ts'
import { isAddressPass } from './pass-problems.ts'

/** The address or URL of a pass that stands in curly quotes: nginx does not start, of which directives/backend-address tells. */
export function curlyAddress(name: string, values: readonly string[]): string | undefined {
  const [value = '', ...more] = values
  if (more.length > 0 || value.includes('$') || !(name === 'proxy_pass' || isAddressPass(name))) return undefined
  return betweenCurlyQuotes(value)
}
