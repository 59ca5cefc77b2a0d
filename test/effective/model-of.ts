/** Models of configurations held in memory, for tests. */
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { Model, type Scope } from '../../src/effective/index.ts'
import { parseVersion } from '../../src/nginx/version.ts'

/** @param texts one text is nginx.conf; a table holds files by their path below /etc/nginx */
export function modelOf(texts: string | Readonly<Record<string, string>>, nginxVersion?: string): Model {
  const files = typeof texts === 'string' ? { 'nginx.conf': texts } : texts
  const absolute = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/etc/nginx/${name}`, text]))
  const main = '/etc/nginx/nginx.conf' in absolute ? '/etc/nginx/nginx.conf' : (Object.keys(absolute)[0] as string)
  const configuration = loadConfiguration(main, memoryFiles(absolute))
  if ('failure' in configuration) throw new Error(configuration.failure)
  return new Model(configuration, nginxVersion === undefined ? 'unknown' : (parseVersion(nginxVersion) ?? 'unknown'))
}

/** The scope of the location with this path, modifier included as written: `= /ws`. */
export function locationOf(model: Model, path: string): Scope {
  for (const root of model.roots)
    for (const scope of root.inwards())
      if (scope.kind === 'location' && scope.directive?.arguments.map(({ value }) => value).join(' ') === path)
        return scope
  throw new Error(`no location ${path}`)
}
