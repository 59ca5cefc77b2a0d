import { countWhile } from '../syntax/binary-search.ts'

/**
 * A JSON object that has one name on each of its lines, in their order. As a literal the directive table would cost 13 ms at
 * every start, read as a whole 5 ms: a line is looked up, and read, when somebody asks for its name. A configuration uses a few
 * dozen of the 1500.
 */
export class StoredRows<Row> {
  readonly #json: string

  constructor(json: string) {
    this.#json = json
  }

  get names(): string[] {
    const lines = this.#json.split('\n').slice(1, -1)
    return lines.map((line) => line.slice(1, line.indexOf('":')))
  }

  get(name: string): Row | undefined {
    const json = this.#json
    const key = `"${name}":`
    const lineBehind = (offset: number) => json.indexOf('\n', offset) + 1
    // Chars are halved, not lines, so that nobody need make a string of each line. The last one, `}`, is above all names.
    const before = countWhile(json.length, (offset) => {
      const line = lineBehind(offset)
      return json.slice(line, line + key.length) < key
    })
    const line = lineBehind(before)
    if (!json.startsWith(key, line)) return undefined
    return JSON.parse(json.slice(line + key.length, json.indexOf('\n', line)).replace(/,$/, ''))
  }
}
