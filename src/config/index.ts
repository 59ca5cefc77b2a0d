/** What the other folders may know of configurations. */

export { type Annotation, annotatedStatements, annotationsOf } from './annotations.ts'
export { type Configuration, includeChain, walkDirectives } from './configuration.ts'
export type { ConfigurationFile } from './configuration-file.ts'
export { Directive, type UnresolvedInclude } from './directive.ts'
export { type ConfigurationFiles, compareBytes, memoryFiles, type ReadFailure } from './files.ts'
export { isRequired, type LoadOptions, loadConfiguration } from './load.ts'
export { folderOf, joinPath, type PathMapping } from './path.ts'
