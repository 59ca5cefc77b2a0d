import { pathGlob } from '../config/index.ts'

/** Directives and modules that the settings name, since ngxlint has no table of them. */
export interface ForeignNames {
  /** Whether a directive of this name is to be taken for known. */
  hasDirective(name: string): boolean
  /** Whether a module was named: directives that nobody knows may be its own. */
  readonly hasModules: boolean
}

/** A name that ends as those of modules do (`ngx_http_foo_module.so`, `foo-nginx-module`); any other is a directive's. */
const MODULE = /[_-]module(?:\.so)?$/

export function foreignNames(names: readonly string[]): ForeignNames {
  const directives = names.filter((name) => !MODULE.test(name))
  const globs = directives.map(pathGlob)
  return { hasDirective: (name) => globs.some((glob) => glob.test(name)), hasModules: directives.length < names.length }
}
