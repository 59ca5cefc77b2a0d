/** `--fix` and `--diff` on real files. */
import { execFileSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { type Files, within } from './run-in.ts'

const SITE = `server {
	listen 80;
	location /ws {
		proxy_pass http://app; # caf\xe9
	}
}
`
const FIXED = SITE.replace(
  '# caf\xe9\n',
  `# caf\xe9
		proxy_http_version 1.1;
		proxy_set_header Upgrade $http_upgrade;
		proxy_set_header Connection "upgrade";
`,
)
const MAIN = 'events {}\nhttp {\n\tinclude sites-enabled/*;\n}\n'
const TREE: Files = {
  'nginx.conf': MAIN,
  'sites-available/chat': SITE,
  'sites-enabled/chat': { link: '../sites-available/chat' },
}
const UNKNOWN_TIMEOUT = ['--rule', 'websocket/read-timeout:off']

describe('--fix', () => {
  test('writes behind links, leaves nothing beside, and has nothing to do the second time', () =>
    within(TREE, async (folder) => {
      const names = folder.names()
      const first = await folder.run(['--fix', 'nginx.conf', ...UNKNOWN_TIMEOUT])
      expect(first).toEqual({
        code: 0,
        out: `fixed  sites-enabled/chat:3:2  websocket/connection-header
fixed  sites-enabled/chat:3:2  websocket/http-version
fixed  sites-enabled/chat:3:2  websocket/upgrade-header

3 problems fixed, nothing left in 2 files
`,
        err: '',
      })
      expect(folder.read('sites-available/chat')).toBe(FIXED)
      expect(lstatSync(`${folder.path}/sites-enabled/chat`).isSymbolicLink()).toBe(true)
      expect(folder.read('nginx.conf')).toBe(MAIN)
      expect(folder.names()).toEqual(names)

      const second = await folder.run(['--fix', 'nginx.conf', ...UNKNOWN_TIMEOUT])
      expect(second).toEqual({ code: 0, out: 'no problems in 2 files\n', err: '' })
      expect(folder.read('sites-available/chat')).toBe(FIXED)
    }))

  test('what it can not fix is left, and counts', () =>
    within({ 'a.conf': 'server { return 204 }\n}\n' }, async (folder) => {
      const { code, out } = await folder.run(['--fix', 'a.conf', '-f', 'json'])
      const { problems, fixed, summary } = JSON.parse(out)
      expect(code).toBe(1)
      expect(fixed).toMatchObject([{ ruleId: 'syntax', line: 1, fix: 'safe' }])
      expect(problems).toMatchObject([{ ruleId: 'syntax', line: 2, column: 1 }])
      expect(summary).toMatchObject({ errors: 1, fixed: 1 })
      expect(folder.read('a.conf')).toBe('server { return 204; }\n}\n')
    }))

  test('unsafe fixes only where they are asked for', () =>
    within({ 'a.conf': FIXED }, async (folder) => {
      await folder.run(['--fix', 'a.conf'])
      expect(folder.read('a.conf')).toBe(FIXED)
      await folder.run(['--fix', '--unsafe-fixes', 'a.conf'])
      expect(folder.read('a.conf')).toContain('\t\tproxy_read_timeout 1h;\n')
    }))

  test('an unused suppression goes', () =>
    within({ 'nginx.conf': `# ngxlint-disable-file websocket/upgrade-header\n${MAIN}` }, async (folder) => {
      expect(await folder.run(['--fix', 'nginx.conf'])).toMatchObject({ code: 0 })
      expect(folder.read('nginx.conf')).toBe(MAIN)
    }))

  test('standard input comes out fixed, the report beside it', () =>
    within({}, async (folder) => {
      const { code, out, err } = await folder.run(['--fix', '-', ...UNKNOWN_TIMEOUT], { input: SITE })
      expect({ code, out }).toEqual({ code: 0, out: FIXED })
      expect(err).toContain('3 problems fixed, nothing left in 1 file')
      expect(await folder.run(['--fix', '-', '--quiet'], { input: FIXED })).toMatchObject({ code: 0, out: FIXED })
      expect(folder.names()).toEqual([])
    }))

  test('the files around standard input stay', () =>
    within({ 'sites-enabled/chat': SITE }, async (folder) => {
      const { code, out } = await folder.run(['--fix', '-', '--stdin-filename', 'nginx.conf'], { input: MAIN })
      expect({ code, out }).toEqual({ code: 1, out: MAIN })
      expect(folder.read('sites-enabled/chat')).toBe(SITE)
    }))

  test('a dump has no files to write', () =>
    within({ dump: `# configuration file /etc/nginx/nginx.conf:\n${SITE}\n` }, async (folder) => {
      expect(await folder.run(['--fix', 'dump'])).toEqual({
        code: 2,
        out: '',
        err: 'ngxlint: dump is a dump of nginx -T: --fix has no files to write; --diff prints a patch for them\n',
      })
      const { code, out } = await folder.run(['--diff', 'dump'])
      expect(code).toBe(1)
      expect(out).toMatch(/^--- a\/etc\/nginx\/nginx\.conf\n/)
    }))

  test('verbose tells of the second opinion', () =>
    within({ 'a.conf': SITE, 'b.conf': `# \r\n${SITE}#\r` }, async (folder) => {
      const { err } = await folder.run(['--fix', '--verbose', 'a.conf', 'b.conf'])
      expect(err).toContain('a.conf: second opinion: nginx-conf sees the same changes\n')
      expect(err).toContain("b.conf: second opinion: nginx-conf can't tell: nginx-conf never comes to an end")
    }))
})

describe('--diff', () => {
  test('prints a patch that does what --fix does, and writes nothing', () =>
    within(TREE, async (folder) => {
      const { code, out, err } = await folder.run(['--diff', 'nginx.conf', ...UNKNOWN_TIMEOUT])
      expect({ code, err }).toEqual({ code: 1, err: '' })
      expect(folder.read('sites-available/chat')).toBe(SITE)
      expect(out).toBe(`--- a/sites-available/chat
+++ b/sites-available/chat
@@ -2,5 +2,8 @@
 	listen 80;
 	location /ws {
 		proxy_pass http://app; # caf\xe9
+		proxy_http_version 1.1;
+		proxy_set_header Upgrade $http_upgrade;
+		proxy_set_header Connection "upgrade";
 	}
 }
`)
    }))

  test('the patch applies', () =>
    within({ 'a b/site.conf': SITE }, async (folder) => {
      const { out } = await folder.run(['--diff', 'a b/site.conf', ...UNKNOWN_TIMEOUT])
      execFileSync('patch', ['-p1', '-s'], { cwd: folder.path, input: Buffer.from(out, 'latin1') })
      expect(folder.read('a b/site.conf')).toBe(FIXED)
    }))

  test.each([
    ['patch', ['-p1', '-s']],
    ['git', ['apply']],
  ])('of a file behind a link, %s takes it too', (command, args) =>
    within(TREE, async (folder) => {
      const { out } = await folder.run(['--diff', 'nginx.conf', ...UNKNOWN_TIMEOUT])
      execFileSync(command, args, { cwd: folder.path, input: Buffer.from(out, 'latin1') })
      expect(folder.read('sites-available/chat')).toBe(FIXED)
      expect(lstatSync(`${folder.path}/sites-enabled/chat`).isSymbolicLink()).toBe(true)
    }),
  )

  test('nothing to do', () =>
    within({ 'a.conf': FIXED }, async (folder) => {
      expect(await folder.run(['--diff', 'a.conf'])).toEqual({ code: 0, out: '', err: '' })
    }))

  test('with --fix it still writes nothing; with what stays, it says so', () =>
    within({ 'a.conf': 'server { return 204 }\n}\n' }, async (folder) => {
      const { code, out, err } = await folder.run(['--fix', '--diff', 'a.conf'])
      expect(code).toBe(1)
      expect(out).toContain('+server { return 204; }')
      expect(err).toBe('ngxlint: 1 error left that this does not cure\n')
      expect(folder.read('a.conf')).toBe('server { return 204 }\n}\n')
    }))
})
