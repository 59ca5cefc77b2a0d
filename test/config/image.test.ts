/** Templates that the image of nginx renders to conf.d. */
import { describe, expect, test } from '@jest/globals'
import { type LoadOptions, loadConfiguration, memoryFiles, stockMainFor } from '../../src/config/index.ts'

const MAIN = 'events {} http { include /etc/nginx/conf.d/*.conf; }'

/** The names of what is included, from the folder of the main file. */
function included(paths: readonly string[], options: LoadOptions = {}, main = '/p/nginx.conf', text = MAIN): string[] {
  const texts = Object.fromEntries(paths.map((path) => [path, '']))
  const configuration = loadConfiguration(main, memoryFiles({ ...texts, ...(text && { [main]: text }) }), options)
  if ('failure' in configuration) throw new Error(configuration.failure)
  return configuration.files.slice(1).map(({ path }) => path)
}

describe('what conf.d holds', () => {
  test.each<[string, string[], string[]]>([
    ['templates alone', ['/p/templates/a.conf.template'], ['/p/templates/a.conf.template']],
    [
      'templates beside files, in the order of what becomes of them',
      ['/p/conf.d/b.conf', '/p/templates/a.conf.template', '/p/templates/c.conf.template'],
      ['/p/templates/a.conf.template', '/p/conf.d/b.conf', '/p/templates/c.conf.template'],
    ],
    [
      'a file beside a template of its name, which is for another occasion',
      ['/p/conf.d/a.conf', '/p/templates/a.conf.template', '/p/templates/b.conf.template'],
      ['/p/conf.d/a.conf', '/p/templates/b.conf.template'],
    ],
    ['what the include does not take', ['/p/conf.d/b.conf', '/p/templates/a.txt.template'], ['/p/conf.d/b.conf']],
    ['templates of something else', ['/p/conf.d/b.conf', '/p/templates/a.conf.j2'], ['/p/conf.d/b.conf']],
    [
      'an nginx.conf among them is not rendered to conf.d, nor are they then',
      ['/p/conf.d/b.conf', '/p/templates/nginx.conf.template', '/p/templates/a.conf.template'],
      ['/p/conf.d/b.conf'],
    ],
  ])('%s', (_, paths, expected) => expect(included(paths)).toEqual(expected))

  test('the template that is asked for, instead of the file that it overwrites', () => {
    const sites = ['/p/templates/a.conf.template']
    expect(included(['/p/conf.d/a.conf', ...sites], { sites })).toEqual(sites)
  })

  test('by a relative include', () =>
    expect(included(['/p/templates/a.conf.template'], {}, '/p/nginx.conf', 'http { include conf.d/*; }')).toEqual([
      '/p/templates/a.conf.template',
    ]))

  test('where a path map says that the templates are', () => {
    const mappings = [{ from: '/etc/nginx/templates', to: '/p/deploy' }]
    expect(included(['/p/deploy/a.conf.template'], { mappings })).toEqual(['/p/deploy/a.conf.template'])
  })

  test('on a server they have been rendered', () =>
    expect(included(['/etc/nginx/templates/a.conf.template'], {}, '/etc/nginx/nginx.conf')).toEqual([]))
})

test('without an nginx.conf: that of the image', () => {
  expect(included(['/p/templates/a.conf.template'], { isStock: true }, '/p/nginx.conf', '')).toEqual([
    '/p/templates/a.conf.template',
  ])
})

test.each<[string, string | undefined]>([
  ['/p/templates/a.conf.template', '/p/nginx.conf'],
  ['/p/templates/a.conf', undefined],
  ['/p/a.conf.template', undefined],
  ['/etc/nginx/templates/a.conf.template', undefined],
])('the main file for %s: %s', (path, main) => expect(stockMainFor(path)).toBe(main))

describe('files that nginx packages bring', () => {
  const unresolvedOf = (main: string, include: string) => {
    const configuration = loadConfiguration(main, memoryFiles({ [main]: `http { include ${include}; }` }))
    return 'failure' in configuration ? [] : configuration.unresolved.map(({ unresolved }) => unresolved?.path)
  }

  test.each(['mime.types', '/etc/nginx/mime.types', 'fastcgi_params', '/etc/letsencrypt/options-ssl-nginx.conf'])(
    'a copy may lack %s',
    (include) => expect(unresolvedOf('/p/nginx.conf', include)).toEqual([]),
  )

  test('of others nobody knows what they hold', () =>
    // Debian's has rows of headers, and other ones in other releases.
    expect(unresolvedOf('/p/nginx.conf', 'proxy_params')).toEqual(['/p/proxy_params']))

  test('a server without one does not start', () =>
    expect(unresolvedOf('/etc/nginx/nginx.conf', 'mime.types')).toEqual(['/etc/nginx/mime.types']))
})
