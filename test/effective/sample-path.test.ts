import { expect, test } from '@jest/globals'
import { samplePaths } from '../../src/effective/sample-path.ts'

test.each([
  ['^/ws$', ['/ws']],
  ['^/(ws|wss)/', ['/ws/']],
  ['/api/v[0-9]+/(users/)?websocket$', ['/api/v0/users/websocket', '/api/v0/websocket']],
  ['^/a\\.b/\\d{2}/(?:x|y)', ['/a.b/00/x']],
  ['^/(?<room>[^/]+)/.*', ['/x/x', '/x/']],
  ['^/[^/]*/\\w+', ['/x/x', '//x']],
  ['^/(?=a)b', []],
  ['^/(a', []],
  ['^/a)b', []],
  ['^/\\bws', []],
  ['(a|b', []],
  ['^/a{1000000}', []],
  ['ws', []],
])('%s matches %j', (regex, paths) => {
  expect(samplePaths(regex, false)).toEqual(paths)
})
