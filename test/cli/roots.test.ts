/** Which configuration a named file belongs to, and what is reported of it then. */
import { describe, expect, test } from '@jest/globals'
import { foldersOfProject } from '../../src/cli/usual-places.ts'
import { type Files, Folder, type Surroundings } from './run-in.ts'

const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }\n"
const main = (includes: string) => `events {}\nhttp {\n${MAP}include ${includes};\n}\n`
/** One error: the map is in nginx.conf, and the version nowhere. */
const SITE = `server {
    location /ws {
        proxy_pass http://app:1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_read_timeout 1h;
    }
}
`
/** Another of the same port. */
const OTHER = SITE.replace('server {', 'server { server_name other;')
const ERROR = ':2:5 error websocket/http-version'

interface Row {
  readonly files: Files
  readonly args: readonly string[]
  readonly with?: Surroundings
  readonly out: readonly string[]
  /** The configuration that it is a part of, relative to the folder it runs in. */
  readonly partOf?: string
  readonly err?: string
}

const ROWS: Readonly<Record<string, Row>> = {
  'a part of the nginx.conf above: only what was named is reported': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/a.conf': SITE, 'conf.d/b.conf': OTHER },
    args: ['conf.d/a.conf'],
    out: [`conf.d/a.conf${ERROR}`],
    partOf: 'nginx.conf',
  },
  'several parts of one, and one of another': {
    files: {
      'x/nginx.conf': main('*.part'),
      'x/a.part': SITE,
      'x/b.part': OTHER,
      'y/nginx.conf': main('*.part'),
      'y/a.part': SITE,
    },
    args: ['x/a.part', 'y/a.part', 'x/b.part'],
    out: [`x/a.part${ERROR}`, `x/b.part${ERROR}`, `y/a.part${ERROR}`],
    partOf: 'x/nginx.conf, y/nginx.conf',
  },
  'named beside its main configuration: all is reported': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/a.conf': SITE, 'conf.d/b.conf': OTHER },
    args: ['conf.d/a.conf', 'nginx.conf'],
    out: [`conf.d/a.conf${ERROR}`, `conf.d/b.conf${ERROR}`],
  },
  'a folder of templates alone: what they are': {
    files: {
      'roles/nginx/templates/a.conf.j2': `{% if x %}\n{% endif %}\n${SITE.replace('$connection_upgrade', 'upgrade')}`,
    },
    args: ['roles'],
    out: [`roles/nginx/templates/a.conf.j2:4:5 warning websocket/http-version`],
    err: 'ngxlint: roles is a folder without *.conf: reading roles/nginx/templates/a.conf.j2\n',
  },
  'a folder of templates and of what is made of them: the latter': {
    files: { 'x/a.conf.j2': SITE, 'x/a.conf': SITE.replace('$connection_upgrade', 'upgrade') },
    args: ['x'],
    out: [`x/a.conf${ERROR}`],
  },
  'a folder of a shell glob that has nothing in it, beside others': {
    files: { 'etc/a.conf': SITE.replace('$connection_upgrade', 'upgrade'), 'etc/conf.d/readme': 'x' },
    args: ['etc/conf.d', 'etc/a.conf'],
    out: [`etc/a.conf${ERROR}`],
    err: 'ngxlint: etc/conf.d: a folder without configurations (no nginx.conf, no *.conf)\n',
  },
  'the main configuration, and only that': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/a.conf': SITE, 'conf.d/b.conf': OTHER },
    args: ['--only-named', 'nginx.conf'],
    out: [],
  },
  'the main configuration and one of its files, and only those': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/a.conf': SITE, 'conf.d/b.conf': OTHER },
    args: ['--only-named', 'nginx.conf', 'conf.d/b.conf'],
    out: [`conf.d/b.conf${ERROR}`],
  },
  'a folder, and only that: what is in it was named': {
    files: {
      'x/nginx.conf': main('../b.conf').replace('include', 'include a.conf; include'),
      'x/a.conf': SITE,
      'b.conf': OTHER,
    },
    args: ['--only-named', 'x'],
    out: [`x/a.conf${ERROR}`],
    err: 'ngxlint: x is a folder: reading x/nginx.conf and what it includes\n',
  },
  'a dump, and only that: its files are in it': {
    files: { 'nginx.dump': `# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp {${MAP}${SITE}}\n` },
    args: ['--only-named', 'nginx.dump'],
    out: ['/etc/nginx/nginx.conf:4:5 error websocket/http-version'],
  },
  'in a usual place, by the path on the server': {
    files: { 'docker/nginx/nginx.conf': main('/etc/nginx/conf.d/*.conf'), 'docker/nginx/conf.d/a.conf': SITE },
    args: ['a.conf'],
    with: { below: 'docker/nginx/conf.d' },
    out: [`a.conf${ERROR}`],
    partOf: 'FOLDER/docker/nginx/nginx.conf',
  },
  'a main configuration of another name': {
    files: { 'proxy.conf': main('sites/*'), 'sites/a': SITE },
    args: ['sites/a'],
    out: [`sites/a${ERROR}`],
    partOf: 'proxy.conf',
  },
  'that the settings name': {
    files: {
      'ngxlint.config.json': '{"root": "deep/down/main.cfg", "pathMap": {"/srv/nginx": "sites"}}',
      'deep/down/main.cfg': main('/srv/nginx/*'),
      'sites/a': SITE,
    },
    args: ['sites/a'],
    out: [`sites/a${ERROR}`],
    partOf: 'deep/down/main.cfg',
  },
  'no path, and no nginx.conf: templates in a usual place': {
    files: { '.git/HEAD': '', 'docker/nginx/templates/a.conf.template': SITE },
    args: ['--rule', 'websocket/connection-map:off'],
    out: [`docker/nginx/templates/a.conf.template${ERROR}`],
    partOf: 'the nginx.conf of the nginx image',
    err: 'ngxlint: no path given: reading docker/nginx/templates/a.conf.template\n',
  },
  'no path: what the settings name': {
    files: { 'ngxlint.config.json': '{"root": "x.cfg"}', 'x.cfg': main('a'), a: SITE, 'nginx.conf': main('nothing*') },
    args: [],
    out: [`a${ERROR}`],
    err: 'ngxlint: no path given: reading x.cfg, the root in ngxlint.config.json\n',
  },
  'included by none: a fragment': {
    files: { 'nginx.conf': main('sites/*'), 'other/a.conf': SITE },
    args: ['other/a.conf'],
    out: [`other/a.conf${ERROR}`],
  },
  'above the repository nothing is looked for': {
    files: { 'nginx.conf': main('repo/*.conf'), 'repo/.git/HEAD': '', 'repo/a.conf': SITE },
    args: ['a.conf'],
    with: { below: 'repo' },
    out: [`a.conf${ERROR}`],
  },
  'sites-available of an empty sites-enabled': {
    files: {
      'nginx.conf': main('/etc/nginx/sites-enabled/*'),
      'sites-available/a': SITE,
      'sites-enabled/.gitkeep': '',
    },
    args: ['sites-available/a'],
    out: [`sites-available/a${ERROR}`],
    partOf: 'nginx.conf',
  },
  'sites-available, beside sites that are enabled: as if it were, too': {
    files: {
      'nginx.conf': main('/etc/nginx/sites-enabled/*'),
      'sites-available/a': SITE,
      'sites-available/b': OTHER,
      'sites-enabled/b': { link: '../sites-available/b' },
    },
    args: ['sites-available/a'],
    out: [`sites-available/a${ERROR}`],
    partOf: 'nginx.conf',
  },
  'sites-available, beside the main configuration: one whole with both': {
    files: { 'nginx.conf': main('sites-enabled/*'), 'sites-available/a': SITE, 'sites-enabled/b': OTHER },
    args: ['sites-available/a', 'nginx.conf'],
    out: [`sites-available/a${ERROR}`, `sites-enabled/b${ERROR}`],
  },
  'sites-available that nothing includes: a fragment': {
    files: { 'nginx.conf': main('conf.d/*'), 'sites-available/a': SITE },
    args: ['sites-available/a'],
    out: [`sites-available/a${ERROR}`],
  },
  'standard input for a new site': {
    files: { 'nginx.conf': main('sites-enabled/*'), 'sites-available/a': '', 'sites-enabled/b': OTHER },
    args: ['-', '--stdin-filename', 'sites-available/new'],
    with: { input: SITE },
    out: [`sites-available/new${ERROR}`],
    partOf: 'nginx.conf',
  },
  'a template that the image of nginx renders to conf.d': {
    files: { 'docker/nginx.conf': main('/etc/nginx/conf.d/*.conf'), 'docker/templates/a.conf.template': SITE },
    args: ['docker/templates/a.conf.template'],
    out: [`docker/templates/a.conf.template${ERROR}`],
    partOf: 'docker/nginx.conf',
  },
  'a template that would overwrite a file of conf.d: in its place': {
    files: {
      'nginx.conf': main('/etc/nginx/conf.d/*.conf'),
      'conf.d/a.conf': SITE,
      'templates/a.conf.template': SITE,
    },
    args: ['templates/a.conf.template'],
    out: [`templates/a.conf.template${ERROR}`],
    partOf: 'nginx.conf',
  },
  'such templates, by their nginx.conf': {
    files: { 'docker/nginx.conf': main('/etc/nginx/conf.d/*.conf'), 'docker/templates/a.conf.template': SITE },
    args: ['docker'],
    out: [`docker/templates/a.conf.template${ERROR}`],
    err: 'ngxlint: docker is a folder: reading docker/nginx.conf and what it includes\n',
  },
  'such a template of a project without an nginx.conf: the one of the image has no map': {
    files: { 'templates/a.conf.template': SITE, '.git/HEAD': '' },
    args: ['templates/a.conf.template'],
    out: [`templates/a.conf.template${ERROR}`, 'templates/a.conf.template:5:9 error websocket/connection-map'],
    partOf: 'the nginx.conf of the nginx image',
  },
  'the same outside of a repository: what lies far above is none of the project': {
    files: { 'nginx.conf': main('x'), x: '', 'a/b/docker/templates/a.conf.template': SITE },
    args: ['a/b/docker/templates/a.conf.template', '--rule', 'websocket/connection-map:off'],
    out: [`a/b/docker/templates/a.conf.template${ERROR}`],
    partOf: 'the nginx.conf of the nginx image',
  },
  'a template of a project whose nginx.conf does not include it: a fragment': {
    files: { 'nginx.conf': main('x'), x: '', 'deploy/templates/a.conf.template': SITE },
    args: ['deploy/templates/a.conf.template'],
    out: [`deploy/templates/a.conf.template${ERROR}`],
  },
  'a copy without its mime.types: what is missing is missing all the same': {
    files: { 'nginx.conf': main('*.part').replace(MAP, 'include mime.types;'), 'a.part': SITE },
    args: ['nginx.conf'],
    out: [`a.part${ERROR}`, 'a.part:5:9 error websocket/connection-map'],
  },
  'a link to it': {
    files: {
      'nginx.conf': main('sites-enabled/*'),
      'sites-available/a': SITE,
      'sites-enabled/a': { link: '../sites-available/a' },
    },
    args: ['sites-available/a'],
    out: [`sites-enabled/a${ERROR}`],
    partOf: 'nginx.conf',
  },
  'a snippet that sites include': {
    files: {
      'nginx.conf': main('conf.d/*.conf'),
      'conf.d/a.conf': 'server { location /ws { include snippets/ws; } }\n',
      'snippets/ws': SITE.split('\n').slice(2, -3).join('\n'),
    },
    args: ['snippets/ws'],
    out: [],
    partOf: 'nginx.conf',
  },
  'standard input in the place of a part': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/a.conf': '', 'conf.d/b.conf': OTHER },
    args: ['-', '--stdin-filename', 'conf.d/a.conf'],
    with: { input: SITE },
    out: [`conf.d/a.conf${ERROR}`],
    partOf: 'nginx.conf',
  },
  'standard input for a file that is not there yet': {
    files: { 'nginx.conf': main('conf.d/*.conf'), 'conf.d/b.conf': OTHER },
    args: ['-', '--stdin-filename', 'conf.d/a.conf'],
    with: { input: SITE },
    out: [`conf.d/a.conf${ERROR}`],
    partOf: 'nginx.conf',
  },
  'a dump of nginx -T, from a pipe: the tree that it shows, by the settings here': {
    files: { 'ngxlint.config.json': '{ "rules": { "websocket/http-version": "warn" } }' },
    args: ['-'],
    with: {
      input: `nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n# configuration file /etc/nginx/nginx.conf:\n${main('a.conf')}\n# configuration file /etc/nginx/a.conf:\n${SITE}\n`,
    },
    out: ['/etc/nginx/a.conf:2:5 warning websocket/http-version'],
  },
  'ignored by the settings, named or not': {
    files: {
      'ngxlint.config.json': '{\n"ignore": ["b.conf"]}',
      'nginx.conf': main('conf.d/*.conf'),
      'conf.d/a.conf': SITE,
      'conf.d/b.conf': OTHER,
    },
    args: ['nginx.conf', 'conf.d/b.conf'],
    out: [`conf.d/a.conf${ERROR}`],
    err: 'ngxlint: conf.d/b.conf is ignored by ngxlint.config.json:2\n',
  },
}

describe('a named file', () => {
  test.each(Object.entries(ROWS))('%s', async (_, row) => {
    const folder = new Folder(row.files)
    try {
      const { out, err } = await folder.run(['-f', 'compact', ...row.args], row.with)
      expect(out.split('\n').filter(Boolean).map(withoutMessage)).toEqual(row.out)
      expect(err.replaceAll(folder.path, 'FOLDER')).toBe(row.err ?? '')
      const { out: summary } = await folder.run([...row.args, '-f', 'codeframe', '--quiet'], row.with)
      const part = / \(as part of ([^)]*)\)/.exec(summary.replaceAll(/\s+/g, ' '))?.[1]
      expect(part?.replaceAll(folder.path, 'FOLDER')).toBe(row.partOf)
    } finally {
      folder.remove()
    }
  })

  test('a fix that would change another file is not made, and not promised', async () => {
    const site = SITE.replace('$connection_upgrade', '$missing')
    const folder = new Folder({ 'nginx.conf': main('a.conf').replace(MAP, ''), 'a.conf': site })
    try {
      const { out } = await folder.run(['a.conf', '-f', 'json'])
      const fixes = JSON.parse(out).problems.map((problem: { fix: string | null }) => problem.fix)
      const before = folder.read('nginx.conf')
      await folder.run(['a.conf', '--fix'])
      expect(folder.read('nginx.conf')).toBe(before)
      expect(fixes).toContain(null)
    } finally {
      folder.remove()
    }
  })

  test('--only-named --fix leaves what the main configuration includes as it is', async () => {
    const folder = new Folder({ 'nginx.conf': main('a.conf').replace('include a', `${SITE}include a`), 'a.conf': SITE })
    try {
      expect(await folder.run(['nginx.conf', '--fix', '--only-named'])).toMatchObject({ code: 0, err: '' })
      expect(folder.read('a.conf')).toBe(SITE)
      expect(folder.read('nginx.conf')).toContain('proxy_http_version 1.1;')
    } finally {
      folder.remove()
    }
  })

  test('the map that a template of the image lacks goes into the template, and its variables stay', async () => {
    const site = SITE.replace('server {\n', `server {\n    server_name \${HOST};\n`)
    const folder = new Folder({ 'templates/a.conf.template': site, '.git/HEAD': '' })
    try {
      expect(await folder.run(['templates/a.conf.template', '--fix'])).toMatchObject({ code: 0 })
      expect(folder.read('templates/a.conf.template')).toBe(`map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      close;
}

${site.replace('_upgrade;\n        proxy_read', '_upgrade;\n        proxy_http_version 1.1;\n        proxy_read')}`)
      expect(folder.names()).not.toContain('nginx.conf')
    } finally {
      folder.remove()
    }
  })

  test('a root that the settings name and that is not there', async () => {
    const folder = new Folder({ 'ngxlint.config.yaml': '\nroot: gone.conf\n', 'a.conf': SITE })
    try {
      const { code, err } = await folder.run(['a.conf'])
      expect(code).toBe(2)
      expect(err.replace(folder.path, 'FOLDER')).toBe(
        'ngxlint: ngxlint.config.yaml:2: "root": there is no file FOLDER/gone.conf\n',
      )
    } finally {
      folder.remove()
    }
  })
})

function withoutMessage(line: string): string {
  const [, place, severity, rule] = /^(.*?:\d+:\d+): (\w+): .* \[(.*)\]$/.exec(line) ?? []
  return `${place} ${severity} ${rule}`
}

test('what is above a repository is of another project', () => {
  const folder = new Folder({ 'repo/.git/HEAD': '', 'repo/a/b/x': '' })
  try {
    const found = [...foldersOfProject(`${folder.path}/repo/a/b`)]
    expect(found).toEqual(['repo/a/b', 'repo/a', 'repo'].map((name) => `${folder.path}/${name}`))
  } finally {
    folder.remove()
  }
})
