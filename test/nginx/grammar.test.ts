import { describe, expect, test } from '@jest/globals'
import { nginxGrammar } from '../../src/nginx/grammar.ts'

describe('nginxGrammar', () => {
  test.each([
    ['server', 'directives', 'either', undefined],
    ['location', 'directives', 'always', undefined],
    ['listen', 'directives', 'never', undefined],
    ['map', 'rows', 'always', 2],
    ['geo', 'rows', 'always', 2],
    ['charset_map', 'rows', 'always', 2],
    ['types', 'rows', 'always', undefined],
    ['split_clients', 'rows', 'always', undefined], // nginx doesn't count their words
    ['geoip2', 'rows', 'always', undefined],
    ['content_by_lua_block', 'raw', 'always', undefined],
    ['some_new_by_lua_block', 'raw', 'always', undefined],
  ])('%s: %s, a block %s, rows of %s', (name, content, block, rowLength) => {
    const entry = nginxGrammar.entry(name)
    expect([entry?.content, entry?.block, entry?.rowLength]).toEqual([content, block, rowLength])
  })

  test.each<[string, number, ';' | '{', boolean]>([
    ['server', 0, '{', true],
    ['server', 0, ';', false],
    ['server', 1, ';', true],
    ['server', 1, '{', false],
    ['proxy_pass', 1, ';', true],
    ['proxy_pass', 3, ';', false],
    ['proxy_pass', 1, '{', false],
    ['if', 3, '{', true],
    ['set_by_lua_block', 1, '{', true],
    ['some_new_by_lua_block', 1, '{', true],
  ])('%s with %i arguments before "%s": %s', (name, count, ending, expected) => {
    expect(nginxGrammar.entry(name)?.accepts(count, ending)).toBe(expected)
  })

  test.each([
    ['listen', 'backlog=511', true],
    ['listen', 'ssl', true],
    ['listen', 'server_name', false],
    ['listen', 'backlog', false],
    ['server', 'weight=2', true],
    ['server', 'server', false],
    ['server_name', 'listen', undefined], // any word is a name
  ])('%s takes the word %s: %s', (name, word, expected) => {
    expect(nginxGrammar.entry(name)?.takesWord?.(word)).toBe(expected)
  })

  test.each(['nonsense', 'toString', '__proto__', '', 'default'])('%j is no directive', (name) => {
    expect(nginxGrammar.entry(name)).toBeUndefined()
  })
})
