import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigurationFiles } from '../config/index.ts'
import { didYouMean } from '../lint/suggest.ts'
import { type Format, formats } from '../report/index.ts'
import { displayPath } from '../report/paths.ts'
import { CommandError } from './io.ts'

/** A report to write: `file` is an absolute path; standard output where it is undefined. */
export interface Output {
  readonly format: Format
  readonly file: string | undefined
}

/**
 * What `--format NAME[:FILE] …` and `--output-file FILE` ask for. The latter is for the format that names no file.
 * @throws CommandError
 */
export function readOutputs(texts: readonly string[], outputFile: string | undefined, cwd: string): Output[] {
  const named = (texts.length > 0 ? texts : [DEFAULT]).map(readFormat)
  const bare = named.filter(({ file }) => file === undefined)
  if (outputFile !== undefined && bare.length === 0)
    throw new CommandError(`--output-file: each --format names a file of its own already`)
  const outputs = named.map(({ format, file = outputFile }) => ({
    format,
    file: file === undefined || file === '-' ? undefined : resolve(cwd, file),
  }))
  for (const [index, { format, file }] of outputs.entries()) {
    const first = outputs.findIndex((other) => other.file === file)
    if (first === index) continue
    const place = file === undefined ? 'standard output' : 'one file'
    throw new CommandError(
      `--format: ${outputs[first]?.format} and ${format} would both go to ${place}; write --format ${format}:FILE`,
    )
  }
  return outputs
}

/**
 * Who forgets the name of the report names the configuration instead, and would lose it.
 * @param read what is linted
 * @throws CommandError
 */
export function refuseToOverwrite(
  outputs: readonly Output[],
  read: readonly { readonly realPath: string }[],
  files: ConfigurationFiles,
  cwd: string,
): void {
  const reports = outputs.flatMap(({ file }) => (file !== undefined && existsSync(file) ? [file] : []))
  if (reports.length === 0) return
  const configurations = new Set(read.map(({ realPath }) => realPath))
  const lost = reports.find((file) => file.endsWith('.conf') || configurations.has(files.realPath(file)))
  if (lost === undefined) return
  const name = displayPath(lost, cwd)
  throw new CommandError(`the report would overwrite the configuration ${name}: name another file for it`)
}

const DEFAULT: Format = 'codeframe'

function readFormat(text: string): { readonly format: Format; readonly file: string | undefined } {
  const colon = text.indexOf(':')
  const name = colon === -1 ? text : text.slice(0, colon)
  const file = colon === -1 ? undefined : text.slice(colon + 1)
  const format = formats.find((known) => known === name)
  if (!format)
    throw new CommandError(`there is no format "${name}"${didYouMean(name, formats)} (${formats.join(', ')})`)
  if (file === '') throw new CommandError(`--format: "${text}" names no file: write ${name}:FILE, or ${name} alone`)
  return { format, file }
}
