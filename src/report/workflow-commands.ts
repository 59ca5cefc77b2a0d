/**
 * In a step of GitHub Actions a line is a command when it starts with `::`, blanks aside, or has `##[` anywhere in it.
 * What a file holds, or is called, must not get there: here the text is changed so that it reads nearly the same.
 */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '## [').replace(/^([^\S\n]*):(?=:)/gm, '$1\\x3a')
}

/** The same for JSON, whose lines start otherwise, and whose strings keep what they say. */
export function withoutCommandsInJson(json: string): string {
  return json.replaceAll('##[', '#\\u0023[')
}
