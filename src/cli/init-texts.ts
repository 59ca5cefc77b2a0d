import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Project } from './init-project.ts'

/** The texts that `ngxlint init` writes. */

export function settingsText({ folder, mains, pathMap, nginxVersion }: Project): string {
  const local = existsSync(join(folder, 'node_modules/ngxlint/ngxlint.schema.json'))
  const schema = local ? './node_modules/ngxlint/ngxlint.schema.json' : 'https://unpkg.com/ngxlint/ngxlint.schema.json'
  const entries = [
    entry('$schema', schema),
    ...(mains.length > 0
      ? ['  // What files such as conf.d/site.conf are parts of.', entry('root', mains.length === 1 ? mains[0] : mains)]
      : []),
    ...(Object.keys(pathMap).length > 0
      ? ['  // Where the files of the image are here.', entry('pathMap', pathMap)]
      : []),
    ...(nginxVersion ? ['  // That of the image.', entry('nginxVersion', nginxVersion)] : []),
    '  // "ngxlint rules" lists them; "off", "info", "warn" or "error".',
    entry('rules', {}),
    '  // Locations that are for WebSockets, or not, and don’t look it: as in their line, or globs.',
    entry('websocket', { locations: [], ignore: [] }),
  ]
  return `{\n${entries.join('\n').replace(/,$/, '')}\n}\n`
}

function entry(key: string, value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
  const short = text.length <= 60 ? JSON.stringify(value).replaceAll(/(?<=[:,])(?=["[{])/g, ' ') : text
  return `  ${JSON.stringify(key)}: ${short},`
}

export function hookConfiguration(project: Project, version: string): string {
  return `repos:\n${hookEntry(project, version)}`
}

export function hookEntry(project: Project, version: string): string {
  const how = project.isInstalled
    ? `        entry: npx --no-install ngxlint --only-named
        language: system
`
    : `        entry: ngxlint --only-named
        language: node
        additional_dependencies: ['ngxlint@${version}']
`
  return `  - repo: local
    hooks:
      - id: ngxlint
        name: ngxlint
${how}        require_serial: true
        files: '${filesOfHook(project)}'
`
}

/** A regular expression of the files that are nginx's, by their names, below its folders. */
function filesOfHook({ mains, pathMap }: Project): string {
  const folders = [...new Set([...mains.map((main) => dirname(main)), ...Object.values(pathMap)])]
  if (folders.length === 0 || folders.includes('.')) return ANYWHERE
  const within = folders.map((folder) => folder.replaceAll(/[^\w/-]/g, '\\$&')).join('|')
  return String.raw`^(${within})/(.*/)?([^/]+\.conf(\.template)?|(snippets|sites-(available|enabled))/[^/]+)$`
}

/** Not every *.conf is nginx's: as in .pre-commit-hooks.yaml. */
const ANYWHERE = String.raw`(^|/)([^/]*nginx[^/]*\.conf|(nginx|conf\.d|snippets)/(.+/)?[^/]+\.conf|templates/[^/]+\.conf(?=\.template$)|(sites|streams)-(available|enabled)/[^/]+)(\.template)?$`

export function githubWorkflow(project: Project, version: string): string {
  return `name: ngxlint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  ngxlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${commandsOf(project, version, '--format github', '      - run: ')}`
}

export function gitlabJob(project: Project, version: string): string {
  return `ngxlint:
  image: node:22
  script:
${commandsOf(project, version, '--format codeframe --format gitlab:gl-code-quality-report.json', '    - ')}  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`
}

function commandsOf({ isInstalled, templates }: Project, version: string, options: string, indent: string): string {
  const words = [options, ...templates.map(quoted)].join(' ')
  const commands = isInstalled
    ? ['npm ci', `npx --no-install ngxlint ${words}`]
    : [`npx --yes ngxlint@${version} ${words}`]
  return commands.map((command) => `${indent}${command}\n`).join('')
}

/** For a shell, in a plain scalar of YAML. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
