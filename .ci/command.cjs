#!/usr/bin/env node
// To compile the bundle takes V8 20 ms, more than to lint a small file. Since 22.1 Node can keep what V8 made of it; for
// older ones the build keeps it (ngxlint.v8), which V8 takes if it is of its own version, and else compiles as ever.
const { existsSync, readFileSync } = require('node:fs')
const { enableCompileCache, wrap } = require('node:module')
const { setFlagsFromString } = require('node:v8')
const { Script } = require('node:vm')

const filename = `${__dirname}/ngxlint.js`
const compiled = `${__dirname}/ngxlint.v8`
if (enableCompileCache || !existsSync(compiled)) {
  enableCompileCache?.()
  optimizeLater()
  require('./ngxlint.js')
} else {
  const script = new Script(wrap(readFileSync(filename, 'latin1')), { filename, cachedData: readFileSync(compiled) })
  // Behind the script, since V8 takes what was compiled under the same flags only.
  optimizeLater()
  script.runInThisContext()(exports, require, module, filename, __dirname)
}

/**
 * A run of a second is over before most of what V8 optimizes has paid. With six times its patience 1,000 hosts take three
 * quarters of the processor time, and 10,000 no more than before. Measured with the V8 of Node 20; others have other tiers.
 */
function optimizeLater() {
  if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--interrupt-budget=400000')
}
