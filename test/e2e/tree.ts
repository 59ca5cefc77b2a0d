/** Temporary trees of files: made from texts or copied from a folder. */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { newFolder } from './workspace.ts'

/** File texts by path. Texts are latin1, as in ngxlint: one char is one byte. `{ link }` makes a symbolic link. */
export type TreeFiles = Readonly<Record<string, string | { readonly link: string }>>

export class Tree {
  readonly dir = newFolder()

  /** The absolute path of a file of the tree. */
  path(relative: string): string {
    return join(this.dir, relative)
  }

  read(relative: string): string {
    return readFileSync(this.path(relative), 'latin1')
  }

  write(files: TreeFiles): this {
    for (const [relative, content] of Object.entries(files)) {
      const path = this.path(relative)
      mkdirSync(dirname(path), { recursive: true })
      if (typeof content === 'string') writeFileSync(path, content, 'latin1')
      else symlinkSync(content.link, path)
    }
    return this
  }

  /**
   * Copies a folder into the tree. Links stay links; one that points into the folder by an absolute path points into the
   * copy afterwards. `adapt` may change the text of each file.
   */
  copy(from: string, into: string, adapt: (text: string, path: string) => string = (text) => text): this {
    const source = realpathSync(from)
    const target = this.path(into)
    for (const [relative, entry] of Object.entries(snapshot(source))) {
      const content =
        'link' in entry
          ? { link: entry.link.startsWith(`${from}/`) ? target + entry.link.slice(from.length) : entry.link }
          : adapt(entry.text, relative)
      this.write({ [join(into, relative)]: content })
    }
    return this
  }

  /** All files and links below a folder of the tree, to be compared with a later snapshot. */
  snapshot(relative = '.'): Snapshot {
    return snapshot(this.path(relative))
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

export type Snapshot = Record<string, { readonly text: string } | { readonly link: string }>

/** Makes a tree of these files. */
export function makeTree(files: TreeFiles): Tree {
  return new Tree().write(files)
}

/** The paths at which two snapshots differ, sorted. */
export function changedPaths(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...paths].filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path])).sort()
}

function snapshot(root: string, below = ''): Snapshot {
  const found: Snapshot = {}
  for (const name of readdirSync(join(root, below)).sort()) {
    const relative = join(below, name)
    const path = join(root, relative)
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) found[relative] = { link: readlinkSync(path) }
    else if (stat.isDirectory()) Object.assign(found, snapshot(root, relative))
    else if (stat.isFile()) found[relative] = { text: readFileSync(path, 'latin1') }
  }
  return found
}
