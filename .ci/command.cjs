#!/usr/bin/env node
// To compile the bundle takes V8 20 ms, more than to lint a small file. Since 22.1 Node can keep what V8 made of it; for
// older ones the build keeps it (ngxlint.v8), which V8 takes if it is of its own version, and else compiles as ever.
const { existsSync, readFileSync } = require('node:fs')
const { enableCompileCache, wrap } = require('node:module')
const { Script } = require('node:vm')

const filename = `${__dirname}/ngxlint.js`
const compiled = `${__dirname}/ngxlint.v8`
if (enableCompileCache || !existsSync(compiled)) {
  enableCompileCache?.()
  require('./ngxlint.js')
} else {
  const script = new Script(wrap(readFileSync(filename, 'latin1')), { filename, cachedData: readFileSync(compiled) })
  script.runInThisContext()(exports, require, module, filename, __dirname)
}
