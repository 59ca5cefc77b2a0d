/** `--baseline`: an old tree starts clean, and what is new is reported all the same. */
import { describe, expect, test } from '@jest/globals'
import { type Folder, within } from './run-in.ts'

const location = (path: string) => `    location ${path} { proxy_pass http://a:1; }\n`
const server = (...locations: readonly string[]) => `server {\n${locations.join('')}}\n`
const RULES = ['websocket/connection-header', 'websocket/upgrade-header', 'websocket/read-timeout'].flatMap((id) => [
  '--rule',
  `${id}:off`,
])
const OLD = server(location('/ws'), location('/socket.io/'))

const lint = (folder: Folder, ...args: string[]) => folder.run([...args, ...RULES])

describe('a baseline', () => {
  test('is written, holds, and is readable', () =>
    within({ 'conf/a.conf': OLD }, async (folder) => {
      const written = await lint(folder, 'conf/a.conf', '--write-baseline')
      expect(written).toEqual({
        code: 0,
        out: '',
        err: 'ngxlint: 2 known problems in ngxlint.baseline.json; use it with --baseline ngxlint.baseline.json\n',
      })
      expect(folder.read('ngxlint.baseline.json')).toBe(`{
  "version": 1,
  "problems": [
    {"rule":"websocket/http-version","file":"conf/a.conf","line":"location /socket.io/ { proxy_pass http://a:1; }","count":1},
    {"rule":"websocket/http-version","file":"conf/a.conf","line":"location /ws { proxy_pass http://a:1; }","count":1}
  ]
}
`)
      const { code, out, err } = await lint(folder, 'conf/a.conf', '--baseline', 'ngxlint.baseline.json')
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toBe('no problems in 1 file; 2 more in the baseline\n')
    }))

  test.each<[string, string, number]>([
    ['lines move', `# one more\n\n${OLD}`, 0],
    ['lines are indented otherwise', OLD.replaceAll('    ', '\t\t'), 0],
    ['lines change their order', server(location('/socket.io/'), location('/ws')), 0],
    ['a new problem', server(location('/ws'), location('/socket.io/'), location('/_blazor')), 1],
    ['the same line once more', OLD + server(location('/ws')).replace('server {', 'server { server_name b;'), 1],
    ['a known line that changes', OLD.replace('/ws', '/wss'), 1],
  ])('%s', (_, text, count) =>
    within({ 'a.conf': OLD, 'b.conf': text }, async (folder) => {
      await lint(folder, 'a.conf', '--write-baseline=known.json')
      const known = folder.read('known.json').replaceAll('a.conf', 'b.conf')
      const { code, out } = await within({ 'b.conf': text, 'known.json': known }, (next) =>
        lint(next, 'b.conf', '--baseline', 'known.json', '-f', 'json'),
      )
      expect(JSON.parse(out).problems).toHaveLength(count)
      expect(code).toBe(count > 0 ? 1 : 0)
    }),
  )

  test('tells what is gone, and takes it out, of the files that were looked at', () =>
    within({ 'a.conf': OLD, 'b.conf': OLD }, async (folder) => {
      await lint(folder, 'a.conf', 'b.conf', '--write-baseline')
      await lint(folder, 'a.conf', '--fix')
      const told = await lint(folder, 'a.conf', '--baseline=ngxlint.baseline.json')
      expect(told.err).toBe(
        'ngxlint: 2 known problems of ngxlint.baseline.json are gone: --prune-baseline takes them out\n',
      )
      const pruned = await lint(folder, 'a.conf', '--baseline=ngxlint.baseline.json', '--prune-baseline')
      expect(pruned.err).toBe('ngxlint: 2 known problems of ngxlint.baseline.json are gone: taken out\n')
      const left = JSON.parse(folder.read('ngxlint.baseline.json')).problems
      expect(left.map(({ file }: { file: string }) => file)).toEqual(['b.conf', 'b.conf'])
    }))

  test('is written anew for the files that were looked at', () =>
    within({ 'a.conf': OLD, 'b.conf': OLD, 'c.conf': OLD }, async (folder) => {
      await lint(folder, 'a.conf', 'b.conf', 'c.conf', '--write-baseline')
      await lint(folder, 'b.conf', '--fix')
      await folder.run(['b.conf', '--write-baseline', '--only-named', ...RULES])
      const known = JSON.parse(folder.read('ngxlint.baseline.json')).problems
      expect(known.map(({ file }: { file: string }) => file)).toEqual(['a.conf', 'a.conf', 'c.conf', 'c.conf'])
    }))

  test('is named by the settings, and left out with --no-baseline', () =>
    within({ 'ngxlint.config.json': '{"baseline": "known.json"}', 'a.conf': OLD }, async (folder) => {
      const { err } = await lint(folder, 'a.conf')
      expect(err).toContain('there is no baseline known.json: write it with --write-baseline')
      expect((await lint(folder, 'a.conf', '--write-baseline')).err).toBe('ngxlint: 2 known problems in known.json\n')
      expect((await lint(folder, 'a.conf')).code).toBe(0)
      expect((await lint(folder, 'a.conf', '--no-baseline')).code).toBe(1)
    }))

  test('what is known is not fixed either', () =>
    within({ 'a.conf': OLD }, async (folder) => {
      await lint(folder, 'a.conf', '--write-baseline')
      const { code } = await lint(folder, 'a.conf', '--fix', '--baseline=ngxlint.baseline.json')
      expect(code).toBe(0)
      expect(folder.read('a.conf')).toBe(OLD)
    }))

  test.each<[string, string[], string]>([
    ['no file of that name', ['--baseline', 'gone.json'], 'ngxlint: there is no baseline gone.json: write it'],
    ['another file', ['--baseline', 'a.conf'], 'ngxlint: a.conf is no baseline of ngxlint\n'],
    ['writing over another file', ['--write-baseline=a.conf'], 'ngxlint: a.conf is no baseline of ngxlint\n'],
    ['pruning none', ['--prune-baseline'], 'ngxlint: --prune-baseline: name the baseline with --baseline FILE\n'],
    ['with --fix', ['--write-baseline', '--fix'], 'ngxlint: --fix: fix first'],
  ])('%s', (_, args, said) =>
    within({ 'a.conf': OLD }, async (folder) => {
      const { code, err } = await lint(folder, 'a.conf', ...args)
      expect({ code, said: err.slice(0, said.length) }).toEqual({ code: 2, said })
      expect(folder.names()).toEqual(['a.conf'])
    }),
  )
})
