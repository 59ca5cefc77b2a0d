/** A value of the configuration that may hold variables, as `http://$backend/api`, taken apart. */
export type TemplatePart = { readonly literal: string } | { readonly variable: string }

/**
 * Takes a value apart as ngx_http_script_compile does: `$name`, `${name}`, `$1`. A `$` without a name is an error in
 * nginx, and stands for itself here.
 */
export function parseTemplate(value: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  const variable = /\$(?:\{(\w+)\}|([1-9])|(\w+))/g
  let at = 0
  for (let match = variable.exec(value); match; match = variable.exec(value)) {
    if (match.index > at) parts.push({ literal: value.slice(at, match.index) })
    parts.push({ variable: (match[1] ?? match[2] ?? match[3]) as string })
    at = variable.lastIndex
  }
  if (at < value.length) parts.push({ literal: value.slice(at) })
  return parts
}

/** Names of the variables in a value. */
export function variablesIn(value: string): string[] {
  return value.includes('$') ? parseTemplate(value).flatMap((part) => ('variable' in part ? [part.variable] : [])) : []
}

/** A text with its variables filled in; undefined where one of them is not known. */
export function fillTemplate(
  value: string,
  variableValue: (variable: string) => string | undefined,
): string | undefined {
  if (!value.includes('$')) return value
  let text = ''
  for (const part of parseTemplate(value)) {
    const piece = 'literal' in part ? part.literal : variableValue(part.variable)
    if (piece === undefined) return undefined
    text += piece
  }
  return text
}
