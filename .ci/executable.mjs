// tsc keeps the shebang of src/cli/main.ts, but not the executable bit.
import { chmodSync, existsSync } from 'node:fs'

const command = new URL('../dist/src/cli/main.js', import.meta.url)
if (existsSync(command)) chmodSync(command, 0o755)
