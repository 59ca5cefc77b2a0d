// Makes the command in dist/src/cli/ of src/cli/main.ts and all that it imports. To read its two hundred modules one
// by one takes Node 100 ms, to read one file 10 ms: a pre-commit hook waits for that each time.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}dist/src/cli`

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // As CommonJS, since Node's loader for modules takes 5 ms to start.
  format: 'cjs',
  define: { 'import.meta.url': 'thisModule.url' },
  // vm.Script, which main.js uses, knows no import().
  supported: { 'dynamic-import': false },
  // Names stay, so that stacks in reports of bugs can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
}
// Asked for seldom: to make it takes half a millisecond.
const banner = "const thisModule={get url(){return require('node:url').pathToFileURL(__filename).href}};"

/** Packages that the command imports. Each gets a file of its own, which is read when something of it is used first. */
const packages = new Set()
/** But for these, which are needed wherever there is something to show. */
const bundled = new Set(['@babel/code-frame'])

/** In the place of a package: getters that read it in. */
const lazyPackages = {
  name: 'lazy packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer, namespace }) => {
      if (kind === 'entry-point' || namespace === 'package' || importer.includes('node_modules')) return undefined
      if (isBuiltin(path)) return { path, external: true }
      return { path, namespace: 'package' }
    })
    onLoad({ filter: /./, namespace: 'package' }, async ({ path }) => {
      if (!bundled.has(path)) packages.add(path)
      const names = Object.keys(await import(path)).filter(
        (name) => /^\w+$/.test(name) && !/^(__esModule|default)$/.test(name),
      )
      const contents = `
        const read = () => require(${JSON.stringify(bundled.has(path) ? path : fileOf(path))})
        // What a package has for its default is a function.
        module.exports = (...args) => (read().default ?? read())(...args)
        for (const name of ${JSON.stringify(names)})
          Object.defineProperty(module.exports, name, { get: () => read()[name], enumerable: true })`
      return { contents, loader: 'js', resolveDir: root }
    })
  },
}

function fileOf(path) {
  return `./packages/${path.replaceAll(/[@/]/g, '-')}.js`
}

/** yargs formats its help with cliui, whose tables of wide chars take 30 ms to set up; ngxlint prints a help of its own. */
const withoutCliui = {
  name: 'without cliui',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:cliui|string-width)$/ }, ({ path }) => ({ path, namespace: 'unused' }))
    onLoad({ filter: /./, namespace: 'unused' }, ({ path }) => ({
      contents:
        path === 'cliui'
          ? 'export default () => ({ div() {}, span() {}, resetOutput() {}, toString: () => "" })'
          : 'export default (text) => text.length',
    }))
  },
}

/**
 * Until V8 has optimized a function, it takes a `#name` for a keyed property, and longer than for a plain one. Most of a run is
 * over before. So in the command they are plain properties.
 */
const plainNames = {
  name: 'plain names',
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:src|rules)\/.*\.ts$/ }, ({ path }) => ({
      contents: withoutPrivateNames(readFileSync(path)),
      loader: 'ts',
    }))
  },
}

/** Puts a `$` in the place of the `#` of each private name. */
function withoutPrivateNames(bytes) {
  const pending = [parseSync(bytes.toString(), { syntax: 'typescript', target: 'esnext' })]
  for (const node of pending) {
    // Counted from one.
    if (node.type === 'PrivateName') bytes.write('$', node.span.start - 1)
    pending.push(...Object.values(node).filter((child) => typeof child === 'object' && child !== null))
  }
  return bytes
}

/** It asks process.stdout whether it is a terminal, which takes Node 2 ms; ngxlint knows, and says itself what to paint. */
const unpaintedPicocolors = {
  name: 'unpainted picocolors',
  setup({ onLoad }) {
    onLoad({ filter: /\/picocolors\/picocolors\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace('(p.stdout || {}).isTTY', 'false')
      if (contents === text) throw new Error(`${path} asks for a terminal in another way`)
      return { contents, loader: 'js' }
    })
  },
}

rmSync(folder, { recursive: true, force: true })
await build({
  ...common,
  entryPoints: [`${root}src/cli/main.ts`],
  outfile: `${folder}/ngxlint.js`,
  external: ['./packages/*'],
  sourcemap: true,
  // As node:module would wrap it at each start, which copies a megabyte.
  banner: { js: `(function(exports,require,module,__filename,__dirname){${banner}` },
  footer: { js: '})' },
  plugins: [lazyPackages, plainNames, unpaintedPicocolors],
})
await build({
  ...common,
  entryPoints: Object.fromEntries([...packages].map((path) => [fileOf(path).slice(0, -3), path])),
  outdir: folder,
  banner: { js: banner },
  // The main file of jsonc-parser hides its imports from bundlers.
  mainFields: ['module', 'main'],
  plugins: [withoutCliui],
})
writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n')
copyFileSync(`${root}.ci/command.cjs`, `${folder}/main.js`)
copyFileSync(`${root}src/cli/import-module.cjs`, `${folder}/import-module.cjs`)
chmodSync(`${folder}/main.js`, 0o755)
// The first run keeps what V8 has compiled: of a file of conf.d with one bad handshake, as most are.
const { status } = spawnSync(process.execPath, [`${folder}/main.js`, `${root}.ci/sample.conf`], { stdio: 'ignore' })
if (status !== 1) throw new Error(`the command that was built ends with ${status} for .ci/sample.conf`)
