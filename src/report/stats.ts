import type { Stats } from './report.ts'
import { plural } from './summary.ts'

/** What `--stats` prints: where the time went. */
export function statsTable({ files, bytes, milliseconds, stages }: Stats): string {
  const rest = milliseconds - stages.reduce((sum, stage) => sum + stage.milliseconds, 0)
  const rows = [
    ...stages.map((stage) => [stage.name, stage.milliseconds] as const),
    ['start and rest', rest] as const,
    ['in all', milliseconds] as const,
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const times = rows.map(([, time]) => showTime(time))
  const timeWidth = Math.max(...times.map(({ length }) => length))
  const lines = rows.map(([name], index) => `  ${name.padEnd(width)}  ${(times[index] as string).padStart(timeWidth)}`)
  return `${plural(files, 'file')}, ${showBytes(bytes)}\n${lines.join('\n')}\n`
}

function showTime(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function showBytes(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte')
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
