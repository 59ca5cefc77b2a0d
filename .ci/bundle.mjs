// Makes the command in dist/src/cli/ of src/cli/main.ts and all that it imports. To read its two hundred modules one
// by one takes Node 100 ms, to read one file 10 ms: a pre-commit hook waits for that each time.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}dist/src/cli`

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // As CommonJS, since Node's loader for modules takes 5 ms to start.
  format: 'cjs',
  define: { 'import.meta.url': 'moduleUrl' },
  // vm.Script, which main.js uses, knows no import().
  supported: { 'dynamic-import': false },
  // Names stay, so that stacks in reports of bugs can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
}
const banner = "const moduleUrl=require('node:url').pathToFileURL(__filename).href;"

/** Packages that the command imports. Each gets a file of its own, which is read when something of it is used first. */
const packages = new Set()

/** In the place of a package: getters that read it in. */
const lazyPackages = {
  name: 'lazy packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined
      if (isBuiltin(path)) return { path, external: true }
      return { path, namespace: 'package' }
    })
    onLoad({ filter: /./, namespace: 'package' }, async ({ path }) => {
      packages.add(path)
      const names = Object.keys(await import(path)).filter(
        (name) => /^\w+$/.test(name) && !/^(__esModule|default)$/.test(name),
      )
      const contents = `
        const read = () => require(${JSON.stringify(fileOf(path))})
        // What a package has for its default is a function.
        module.exports = (...args) => (read().default ?? read())(...args)
        for (const name of ${JSON.stringify(names)})
          Object.defineProperty(module.exports, name, { get: () => read()[name], enumerable: true })`
      return { contents, loader: 'js' }
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

rmSync(folder, { recursive: true, force: true })
await build({
  ...common,
  entryPoints: [`${root}src/cli/main.ts`],
  outfile: `${folder}/ngxlint.js`,
  external: ['./packages/*'],
  sourcemap: true,
  banner: { js: banner },
  plugins: [lazyPackages],
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
// As a file of conf.d with one bad handshake is linted, the most common run.
execFileSync(process.execPath, [`${root}.ci/keep-compiled.cjs`, folder, `${root}.ci/sample.conf`], { stdio: 'ignore' })
