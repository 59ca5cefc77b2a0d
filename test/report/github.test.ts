import { describe, expect, test } from '@jest/globals'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { CLEAN, print, problem, REPORT } from './sample.ts'

describe('github', () => {
  test('problems', async () => expect(await print('github', REPORT)).toMatchSnapshot())
  test('nothing', async () => expect(await print('github', CLEAN)).toBe('ngxlint: no problems in 2 files\n'))

  test('no file name or message makes a command', async () => {
    const path = '/etc/nginx/::error::x,line=9%0A\n##[add-path]y'
    const { files } = lintRoots([path], memoryFiles({ [path]: 'x' }), [])
    const message = 'a\r\n::stop-commands::t ##[set-env]100%'
    const text = await print('github', { ...REPORT, problems: [problem('x', { message }, files[0])] })
    const [annotation, group, row, end] = text.split('\n')
    expect(annotation).toBe(
      '::error file=%3A%3Aerror%3A%3Ax%2Cline=9%250A\\x0a## [add-path]y,line=1,endLine=1,col=1,endColumn=2,' +
        'title=websocket/upgrade-header::a\\x0d\\x0a::stop-commands::t ## [set-env]100%25',
    )
    expect(row).toMatch(
      /^error ::error::x,line=9%0A\\x0a## \[add-path\]y:1:1 a\\x0d\\x0a::stop-commands::t ## \[set-env/,
    )
    expect([group, end]).toEqual(['::group::ngxlint: 1 error in 2 files', '::endgroup::'])
  })
})
