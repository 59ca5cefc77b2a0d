// node .ci/keep-compiled.cjs FOLDER FILE: lints FILE with the command in FOLDER, and keeps what V8 has compiled by then.
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire, wrap } = require('node:module')
const { Script } = require('node:vm')

const folder = process.argv[2]
const filename = `${folder}/ngxlint.js`
process.argv.splice(1, 2, `${folder}/main.js`)
const script = new Script(wrap(readFileSync(filename, 'latin1')), { filename })
const own = { exports: {} }
script.runInThisContext()(own.exports, createRequire(filename), own, filename, folder)
process.on('exit', () => {
  writeFileSync(`${folder}/ngxlint.v8`, script.createCachedData())
  process.exitCode = 0
})
