/** Asks nginx and the model the same questions. */
import type { Backend } from '../e2e/backends.ts'
import { plainRequest } from '../e2e/client.ts'
import { mainConf } from '../e2e/nginx.ts'
import { nginxVersion } from '../e2e/nginx-binary.ts'
import { withNginx } from '../e2e/nginx-pool.ts'
import { ID_HEADER } from '../e2e/recorder.ts'
import { type Comparison, compare, readModel } from './compare.ts'
import type { GeneratedCase, GeneratedRequest } from './generator.ts'
import { writeHttp } from './write-conf.ts'

export interface Compared {
  readonly conf: string
  readonly request: GeneratedRequest
  readonly comparison: Comparison
}

const version = nginxVersion()

/** Starts nginx on a generated configuration and compares its answer to each request with the model's. */
export async function runCase(generated: GeneratedCase, backend: Backend): Promise<Compared[]> {
  let conf = ''
  return withNginx(
    {
      ports: 2,
      files: (ports, dir) => {
        conf = mainConf(writeHttp(generated, { ports, backendPort: backend.port, dir }))
        return { 'nginx.conf': conf }
      },
    },
    async ({ ports }) => {
      const model = readModel(conf, version)
      const compared: Compared[] = []
      for (const [index, request] of generated.requests.entries()) {
        const port = ports[listensOn(generated, request.port) ? request.port : 1 - request.port] as number
        const id = `r${index}`
        backend.recorder.clear()
        const { method, host, headers } = request
        const answer = await plainRequest({ port, path: request.target, method, host, headers, id })
        const sent = { scheme: 'http' as const, method, target: request.target, headers: wireHeaders(request, id) }
        const comparison = compare(model, port, sent, { answer, upstream: backend.recorder.all() })
        compared.push({ conf, request, comparison })
      }
      return compared
    },
  )
}

function listensOn({ servers }: GeneratedCase, port: 0 | 1): boolean {
  return servers.some(({ listens }) => listens.some((listen) => listen.port === port))
}

/** The headers as `plainRequest` sends them. */
function wireHeaders({ host, headers }: GeneratedRequest, id: string): [string, string][] {
  return [
    ['Host', host],
    ['X-Plain', '1'],
    [ID_HEADER, id],
    ...headers.map(([name, value]): [string, string] => [name, value]),
  ]
}
