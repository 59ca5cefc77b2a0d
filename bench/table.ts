/** A Markdown table, its columns aligned: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width)
}

export function milliseconds(time: number): string {
  if (Number.isNaN(time)) return '–'
  return time < 9.95
    ? `${time.toFixed(1)} ms`
    : time < 9999.5
      ? `${Math.round(time)} ms`
      : `${(time / 1000).toFixed(1)} s`
}

export function megabytes(size: number | undefined): string {
  return size === undefined ? '–' : `${Math.round(size)} MB`
}

export function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)} ×` : '–'
}
