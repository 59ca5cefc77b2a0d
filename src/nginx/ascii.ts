/** ngx_strlow: letters of ASCII in lower case, all other bytes as they are. */
export function inLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
