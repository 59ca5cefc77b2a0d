import { describe, expect, test } from '@jest/globals'
import { readListen } from '../../src/effective/listen.ts'
import { findServer, groupsFor, listenGroups } from '../../src/effective/servers.ts'
import { modelOf } from './model-of.ts'

describe('what a server listens on', () => {
  test.each([
    ['80', '*', 80],
    ['*:80', '*', 80],
    ['0.0.0.0:80', '*', 80],
    ['127.0.0.1', '127.0.0.1', 80],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['[::]:80', '[::]', 80],
    ['[::1]', '[::1]', 80],
    ['[0:0::1]:81', '[::1]', 81],
    ['localhost:80', 'localhost', 80],
    ['localhost', 'localhost', 80],
    ['unix:/run/x.sock', 'unix:/run/x.sock', undefined],
  ])('listen %s', (text, address, port) => {
    const [directive] = modelOf(`http { server { listen ${text}; } }`).roots[0]!.children[0]!.own('listen')
    const listen = readListen(directive!)
    expect([listen.address, listen.ports?.[0]]).toEqual([address, port])
  })
})

/** Which of the servers, from 1, answers, and why. */
function answers(servers: string, host: string, address?: string, port = 80): string {
  const model = modelOf(`http { ${servers} }`)
  const [group] = groupsFor({ address, port }, model)
  if (!group) return 'nobody'
  const { server, reason } = findServer(group, host)
  return `${model.roots[0]!.children.indexOf(server) + 1}: ${reason.kind}`
}

const NAMED = `
  server { server_name first; }
  server { server_name example.com *.wild.org .both.org; }
  server { server_name www.* *.deep.wild.org www.wild.*; }
  server { server_name ~^a ~^(?<name>.+)b$; }
  server { server_name ~^ax both.org; }
  server { listen 80 default_server; server_name "" other; }`

describe('the server of a host', () => {
  test.each([
    ['first', '1: exact name'],
    ['example.com', '2: exact name'],
    ['a.wild.org', '2: wildcard'],
    ['wild.org', '6: default'],
    ['both.org', '2: wildcard'],
    ['x.both.org', '2: wildcard'],
    ['x.deep.wild.org', '3: wildcard'],
    ['deep.wild.org', '2: wildcard'],
    ['www.org', '3: wildcard'],
    ['www', '6: default'],
    ['www.wild.org', '2: wildcard'],
    ['www.wild.net', '3: wildcard'],
    ['ax', '4: regex'],
    ['xb', '4: regex'],
    ['nobody', '6: default'],
    ['', '6: exact name'],
  ])('%j', (host, expected) => expect(answers(NAMED, host)).toBe(expected))

  test('the first server is the default where none is said to be', () => {
    expect(answers('server { listen 80; server_name a; } server { listen 80; server_name b; }', 'c')).toBe('1: default')
  })
  test('of two equal names the first one holds', () => {
    expect(answers('server { server_name x; } server { server_name a; } server { server_name a; }', 'a')).toBe(
      '2: exact name',
    )
  })
  test('a name that was taken takes its wildcard along', () => {
    const servers = 'server { server_name x; } server { server_name a.org; } server { server_name .a.org; }'
    expect(answers(servers, 'b.a.org')).toBe('1: default')
  })
  test('a regex with a capital ignores case, one without does not need to', () => {
    expect(answers('server { server_name x; } server { server_name ~^WWW; }', 'www.org')).toBe('2: regex')
  })
})

describe('the servers of an address', () => {
  const servers = `
    server { listen 80; server_name any; }
    server { listen 127.0.0.1:80; server_name own; }
    server { listen [::]:80; server_name six; }
    server { listen 8080-8082; }`

  test.each([
    ['127.0.0.1', 80, '2: default'],
    ['10.0.0.1', 80, '1: exact name'],
    ['[::1]', 80, '3: default'],
    ['10.0.0.1', 8081, '4: default'],
    ['10.0.0.1', 8083, 'nobody'],
  ])('%s port %d', (address, port, expected) => expect(answers(servers, 'any', address, port)).toBe(expected))

  test('ranges that no nginx has sockets for are taken for their first port', () => {
    const ranges = 'server { listen 1-999999999999; } server { listen 10.0.0.2:5-999999999999; } server { listen 7-9; }'
    const ports = listenGroups(modelOf(`http { ${ranges} }`)).map((group) => `${group.address}:${group.port}`)
    expect(ports).toEqual(['*:1', '10.0.0.2:5', '*:7', '*:8', '*:9'])
  })

  test('a handshake does not come to a port of QUIC', () => {
    expect(answers('server { listen 80 quic; } server { listen 80; }', 'a')).toBe('2: default')
    expect(answers('server { listen 80 quic; }', 'a')).toBe('nobody')
  })

  test('[::] takes IPv4 with ipv6only=off', () => {
    expect(answers('server { listen [::]:80 ipv6only=off; }', 'a', '10.0.0.1')).toBe('1: default')
    expect(answers('server { listen [::]:80; }', 'a', '10.0.0.1')).toBe('nobody')
  })
})
