import { sanitize } from './sanitize.ts'

/** What XML 1.0 has no way to hold, and `sanitize` lets pass. */
const NO_XML = /[\ufffe\uffff\p{Surrogate}]/gu
const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text as it may stand in an element or an attribute. */
export function escapeXml(text: string): string {
  return sanitize(text)
    .replace(NO_XML, '\ufffd')
    .replace(/[&<>"']/g, (char) => MARKUP[char] as string)
}

export const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>'

/** `<name a="1" b="2">`, or `<name a="1"/>` where nothing is to stand in it. */
export function tag(name: string, attributes: Readonly<Record<string, string | number>>, isEmpty = false): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  return `<${name}${written.join('')}${isEmpty ? '/>' : '>'}`
}
