/** Backends that nginx would have to look up: it answers 502, and says why in its log, where the rule says so, and nowhere else. */
import { expect } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { startStrictBackend } from './backends.ts'
import { plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf } from './nginx.ts'
import { withNginx } from './nginx-pool.ts'

/** What a location holds, and whether its requests reach the backend, whose port is `PORT`. */
const LOCATIONS: readonly (readonly [lines: string, isReached: boolean])[] = [
  ['proxy_pass http://localhost:PORT;', true],
  ['proxy_pass http://localhost:PORT$request_uri;', true],
  ['set $a localhost:PORT; proxy_pass http://$a;', true],
  ['proxy_pass http://localhost:9$request_uri;', false],
  ['proxy_pass http://127.0.0.1:PORT$request_uri;', true],
  ['proxy_pass http://up$request_uri;', true],
  ['set $b UP; proxy_pass http://$b;', true],
  ['proxy_pass http://up:PORT$request_uri;', false],
  ['proxy_pass http://up:80$request_uri;', false],
  ['set $c http://app.invalid:PORT; proxy_pass $c;', false],
  ['proxy_pass http://$mapped;', false],
  ['resolver 127.0.0.1; set $d 127.0.0.1:PORT; proxy_pass http://$d;', true],
]

describeWithNginx('a host that is looked up for each request', (add) => {
  add(`${LOCATIONS.length} locations`, async () => {
    const backend = await startStrictBackend()
    try {
      const locations = LOCATIONS.map(([lines], index) => `location /${index}/ { ${lines} }`).join('\n')
      const http = (own: number) =>
        `map $uri $mapped { default one.invalid; /x two.invalid; } upstream up { server 127.0.0.1:PORT; } server { listen 127.0.0.1:${own};\n${locations} }`
      const text = (own = 80) => mainConf(http(own)).replaceAll('PORT', String(backend.port))
      const { problems } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text() }), rules)
      const lines = problems.flatMap(({ ruleId, file, span }) =>
        ruleId === 'upstreams/no-resolver' ? /\/(\d+)\//.exec(lineOf(file.source.text, span.start))?.[1] : [],
      )
      const files = ([own]: readonly number[]) => ({ 'nginx.conf': text(own) })
      await withNginx({ files }, async ({ port, nginx }) => {
        for (const [index, [content, isReached]] of LOCATIONS.entries()) {
          const { status } = await plainRequest({ port, path: `/${index}/` })
          const isFlagged = lines.includes(String(index))
          expect({ content, status, isFlagged }).toEqual({
            content,
            status: isReached ? 200 : 502,
            isFlagged: !isReached,
          })
        }
        const failed = LOCATIONS.filter(([, isReached]) => !isReached).length
        expect(nginx.log().match(/no resolver defined to resolve/g)).toHaveLength(failed)
      })
    } finally {
      await backend.stop()
    }
  })
})

function lineOf(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset))
}
