/** Reads what nginx writes to its error log. */

export interface NginxMessage {
  /** `emerg`, `alert`, `crit`, `error`, `warn`, `notice`, … */
  readonly level: string
  readonly text: string
  /** Where the configuration is meant. nginx names no place for some, such as an unknown variable in `proxy_set_header`. */
  readonly file: string | undefined
  readonly line: number | undefined
}

const START = /^(?:nginx: \[(\w+)\] |\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(\w+)\] \d+#\d+: (?:\*\d+ )?|nginx: )/
/** The last one, for nginx quotes what the file says (`in "root" directive in /path:3`); its own paths are absolute. */
const PLACE = /^(.*) in (\/[^\n]*):(\d+)$/s

/** The messages of a log, in order. A text may hold newlines, since nginx quotes tokens as they are. */
export function parseNginxMessages(log: string): NginxMessage[] {
  const entries: string[] = []
  for (const line of log.split('\n')) {
    if (START.test(line)) entries.push(line)
    else if (entries.length > 0) entries[entries.length - 1] += `\n${line}`
  }
  return entries.flatMap((entry): NginxMessage[] => {
    const start = START.exec(entry)
    const level = start?.[1] ?? start?.[2]
    if (!start || !level) return []
    const text = entry.slice(start[0].length).trimEnd()
    const place = PLACE.exec(text)
    if (!place) return [{ level, text, file: undefined, line: undefined }]
    return [{ level, text: place[1] as string, file: place[2], line: Number(place[3]) }]
  })
}
