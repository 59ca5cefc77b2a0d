/** What each format prints, whole. */
import { describe, expect, test } from '@jest/globals'
import { CLEAN, DISPLAY, FIXED, print, REPORT } from './sample.ts'

describe('codeframe', () => {
  test('problems', async () => expect(await print('codeframe', REPORT)).toMatchSnapshot())
  test('problems, in 50 columns', async () => {
    const text = await print('codeframe', REPORT, { ...DISPLAY, width: 50 })
    expect(text.split('\n').filter((line) => line.length > 50)).toEqual([])
  })
  test('problems, in colour', async () =>
    expect(await print('codeframe', REPORT, { ...DISPLAY, hasColor: true })).toMatchSnapshot())
  test('fixes', async () => expect(await print('codeframe', FIXED)).toMatchSnapshot())
  test('nothing', async () => expect(await print('codeframe', CLEAN)).toBe('no problems in 2 files\n'))
})

describe('compact', () => {
  test('problems', async () => expect(await print('compact', REPORT)).toMatchSnapshot())
  test('nothing', async () => expect(await print('compact', CLEAN)).toBe(''))
})

describe('json', () => {
  test('problems', async () => expect((await print('json', REPORT)).replaceAll('},{', '},\n{')).toMatchSnapshot())
  test('fixes', async () => {
    const { problems, fixed, summary } = JSON.parse(await print('json', FIXED))
    expect([problems.length, fixed.length]).toEqual([1, 3])
    expect(summary).toEqual({ errors: 0, warnings: 0, infos: 1, fixed: 3, files: 2 })
  })
  test('nothing, byte for byte', async () =>
    expect(await print('json', CLEAN)).toBe(
      '{"version":1,"problems":[],"fixed":[],"summary":{"errors":0,"warnings":0,"infos":0,"fixed":0,"files":2}}\n',
    ))
})
