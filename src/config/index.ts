/** What the other folders may know of configurations. */

export { type Annotation, annotatedStatements, annotationsOf } from './annotations.ts'
export { isBackup } from './available.ts'
export { type Configuration, includeChain, isWhollyRead, walkDirectives } from './configuration.ts'
export type { ConfigurationFile } from './configuration-file.ts'
export { ConfigurationReader } from './configuration-reader.ts'
export { type Block, Directive, type Placement, type UnresolvedInclude } from './directive.ts'
export { type Dump, filesOfDump, type Refusal, refusalIn } from './dump.ts'
export { type ConfigurationFiles, compareBytes, type ReadFailure } from './files.ts'
export { stockMainFor } from './image.ts'
export { isGeoGlob, isRequired } from './include.ts'
export {
  blocksWith,
  type DirectiveGroup,
  type Inventory,
  inventoryOf,
  judgedByName,
  keyOfLines,
  keyOfWordings,
  takeInventory,
  wordingsByBlock,
} from './inventory.ts'
export { type LoadOptions, loadConfiguration } from './load.ts'
export { memoryFiles } from './memory-files.ts'
export { folderOf, isWithin, joinPath, normalizePath, type PathMapping } from './path.ts'
export { pathGlob } from './path-glob.ts'
export type { Template, TemplateTag } from './template.ts'
