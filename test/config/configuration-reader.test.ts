import { expect, test } from '@jest/globals'
import { ConfigurationReader, memoryFiles } from '../../src/config/index.ts'

/** A file of which somebody changes the text, and how often it was read. */
function changingFile(path: string, text: string) {
  let reads = 0
  const file = {
    text,
    get reads() {
      return reads
    },
    files: {
      ...memoryFiles({ [path]: '' }),
      read: () => {
        reads++
        return { text: file.text }
      },
    },
  }
  return file
}

function mainText(reader: ConfigurationReader): string | undefined {
  const configuration = reader.load('/nginx.conf')
  return 'main' in configuration ? configuration.main.source.text : undefined
}

test('a file that was looked at is not read again to be loaded', () => {
  const file = changingFile('/nginx.conf', 'events { }')
  const reader = new ConfigurationReader(file.files)
  for (let look = 0; look < 3; look++) expect(reader.peek('/nginx.conf')).toEqual({ text: 'events { }' })
  expect([mainText(reader), mainText(reader), file.reads]).toEqual(['events { }', 'events { }', 1])
})

test('what was read is forgotten when files have changed', () => {
  const file = changingFile('/nginx.conf', 'events { }')
  const reader = new ConfigurationReader(file.files)
  mainText(reader)
  reader.peek('/nginx.conf')
  file.text = 'http { }'
  expect(mainText(reader)).toBe('events { }')
  reader.forget()
  expect(mainText(reader)).toBe('http { }')
})
