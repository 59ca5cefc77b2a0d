/** Checkstyle and JUnit. */
import { describe, expect, test } from '@jest/globals'
import { SaxesParser } from 'saxes'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { CLEAN, print, problem, REPORT } from './sample.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The elements of a document, in order. Throws where it is not well-formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes }))
  parser.write(xml).close()
  return elements
}

const named = (elements: readonly Element[], name: string) => elements.filter((element) => element.name === name)

describe.each(['checkstyle', 'junit'] as const)('%s', (format) => {
  test('problems', async () => expect(await print(format, REPORT)).toMatchSnapshot())
  test('nothing', async () => expect(await print(format, CLEAN)).toMatchSnapshot())

  test('is well-formed whatever a name or message holds', async () => {
    const path = '/etc/nginx/<a & "b">\x01\ufffe.conf'
    const { files } = lintRoots([path], memoryFiles({ [path]: 'x' }), [])
    const message = ']]> <!-- \x00 \x1b[31m \u202e \uffff & \'"'
    const elements = elementsOf(
      await print(format, { ...REPORT, files, problems: [problem('x', { message }, files[0])] }),
    )
    const [shown] = named(elements, format === 'junit' ? 'failure' : 'error')
    expect(shown?.attributes.message).toBe(']]> <!-- \\x00 \\x1b[31m \\u202e \ufffd & \'"')
    const [file] = named(elements, format === 'junit' ? 'testsuite' : 'file')
    expect(file?.attributes.name).toBe('<a & "b">\\x01\ufffd.conf')
  })
})

test('junit counts what it holds', async () => {
  const elements = elementsOf(await print('junit', REPORT))
  const [whole] = named(elements, 'testsuites')
  const suites = named(elements, 'testsuite')
  const sum = (key: string) => suites.reduce((total, { attributes }) => total + Number(attributes[key]), 0)
  expect(Number(whole?.attributes.tests)).toBe(named(elements, 'testcase').length)
  expect(Number(whole?.attributes.failures)).toBe(named(elements, 'failure').length)
  expect([sum('tests'), sum('failures')]).toEqual([Number(whole?.attributes.tests), Number(whole?.attributes.failures)])
})
