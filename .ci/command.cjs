#!/usr/bin/env node
// To compile the bundle takes V8 longer than to lint a small file. So the first run that has linted something keeps what V8
// has compiled by then beside the bundle, for its build of Node, as Python does in __pycache__: whoever may write there may
// write the bundle, too. Node's own compile cache saves a third of that, and lies in a folder that strangers share.
const {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const { Script } = require('node:vm')

const filename = `${__dirname}/ngxlint.js`
// Builds of one version may differ in what V8 counts upon without a check: Node 20.19.0 crashed on what 20.20.2 had kept,
// whose V8 says that it is the same. The size of the executable tells them apart.
const build = `${process.version}-${process.arch}-${statSync(process.execPath).size}`
const compiled = `${__dirname}/ngxlint.${build}.v8`

const cachedData = attempt(() => read(compiled))
const text = read(filename)
// V8 refuses what another V8 has made, or of another text.
const script = new Script(text.latin1Slice(), { filename, cachedData })
for (const bytes of [cachedData, text]) bytes?.buffer.resize(0)
script.runInThisContext()(exports, require, module, filename, __dirname)
if (!cachedData && !process.env.NODE_DISABLE_COMPILE_CACHE) process.once('exit', keep)

/** Into memory that can be given back at once. Once C's `free` has had so much, it keeps more of what others free. */
function read(path) {
  const descriptor = openSync(path)
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.from(new ArrayBuffer(size, { maxByteLength: size }))
    for (let at = 0, count = size; at < size && count > 0; at += count)
      count = readSync(descriptor, bytes, at, size - at)
    return bytes
  } finally {
    closeSync(descriptor)
  }
}

/** In a folder that is read-only, or full, each run compiles for itself. */
function keep() {
  if (!module.exports.compiled.isWorthKeeping || !attempt(() => isWritable(__dirname))) return
  const unfinished = `${compiled}.${process.pid}`
  attempt(() => {
    writeFileSync(unfinished, script.createCachedData(), { flag: 'wx' })
    // At once: what is cut off V8 would take for whole.
    renameSync(unfinished, compiled)
  })
  attempt(() => rmSync(unfinished, { force: true }))
}

function isWritable(folder) {
  accessSync(folder, constants.W_OK)
  return true
}

function attempt(work) {
  try {
    return work()
  } catch {
    return undefined
  }
}
