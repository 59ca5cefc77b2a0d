// node bench/first-parse.mjs FILE: the milliseconds that a process takes for the first file that it parses.
import { readFileSync } from 'node:fs'

const built = (path) => import(new URL(`../dist/src/${path}`, import.meta.url))
const { nginxGrammar } = await built('nginx/grammar.js')
const { parse, SourceFile } = await built('syntax/index.js')

const [path] = process.argv.slice(2)
const source = new SourceFile(path, readFileSync(path, 'latin1'))
const start = performance.now()
parse(source, nginxGrammar)
console.log(performance.now() - start)
