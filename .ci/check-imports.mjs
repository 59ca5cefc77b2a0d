// Imports point one way and form no cycles: the rules are in .dependency-cruiser.mjs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseFile } from '@swc/core'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['src', 'rules', 'test', 'bench'].filter((folder) => existsSync(join(root, folder)))
const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')

for (const file of folders.flatMap(sourcesIn)) {
  if (!(await hasInlineTypeImport(file))) continue
  console.error(`${file}: write "import type { X } from '…'" at the top instead of import('…').X`)
  process.exitCode = 1
}

if (folders.length > 0) {
  const { status } = spawnSync(
    process.execPath,
    [command, '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...folders],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = status ?? 1
}

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort()
}

/** dependency-cruiser doesn't see `import('./x.ts').X` where a type stands, so nobody may write it. */
async function hasInlineTypeImport(file) {
  const tree = await parseFile(join(root, file), { syntax: 'typescript', target: 'es2022' })
  return JSON.stringify(tree).includes('"type":"TsImportType"')
}
