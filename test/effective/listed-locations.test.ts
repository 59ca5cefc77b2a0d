/** Locations that the settings name: as in their lines, or as globs of their paths. */
import { expect, test } from '@jest/globals'
import { findWebSocketLocations, Model } from '../../src/effective/index.ts'
import { modelOf } from './model-of.ts'

test.each<[string, string, boolean]>([
  ['/live/', '/live/', true],
  ['/live', '/live/', false],
  ['/live/', '^~ /live/', true],
  ['^~ /live/', '^~ /live/', true],
  ['^~ /live/', '/live/', false],
  ['~ ^/live', '~ ^/live', true],
  ['~  ^/live', '~ ^/live', true],
  ['^/live', '~ ^/live', true],
  ['@live', '@live', true],
  ['/live/**', '/live/', true],
  ['/live/**', '/live/a/b', true],
  ['/live/*', '/live/a/b', false],
  ['/*/stream', '/a/stream', true],
  ['/*/stream', '/a/b/stream', false],
  ['/**', '~ ^/live', false],
  ['/a.b', '/axb', false],
])('%s names "location %s": %s', (text, location, isNamed) => {
  const { configuration } = modelOf(`http { server { location ${location} { proxy_pass http://a:1; } } }`)
  const model = new Model(configuration, 'unknown', { locations: [text] })
  expect(findWebSocketLocations(model).map(({ evidence }) => evidence.reason)).toEqual(
    isNamed ? ['the settings say so'] : [],
  )
  expect(new Model(configuration, 'unknown', { ignore: [text] }).denied.size).toBe(isNamed ? 1 : 0)
})
