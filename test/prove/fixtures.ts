/** Fixtures against reality: each WebSocket location of each tree is asked for a handshake through real nginx. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rules } from '../../rules/index.ts'
import { loadConfiguration } from '../../src/config/index.ts'
import { diskFiles } from '../../src/config/node-files.ts'
import {
  findWebSocketLocations,
  isGood,
  locationPattern,
  Model,
  type WebSocketLocation,
} from '../../src/effective/index.ts'
import { readListen } from '../../src/effective/listen.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import { startStrictBackend } from '../e2e/backends.ts'
import { handshake } from '../e2e/client.ts'
import { NginxStartError } from '../e2e/nginx.ts'
import { nginxVersion } from '../e2e/nginx-binary.ts'
import { withNginx } from '../e2e/nginx-pool.ts'
import { makeTree } from '../e2e/tree.ts'
import { certificateFiles } from './certificate.ts'
import { isAbout } from './fixes.ts'
import { adaptFixture, type Fixture, readFixture, variantsOf } from './runnable-fixture.ts'

const ROOT = fileURLToPath(new URL('../../fixtures/', import.meta.url))

export type Variant = 'bad' | 'good' | 'fixed'

/** Fixtures that can't be asked, and why. */
export const NOT_ASKED: Readonly<Record<string, string>> = {}

/** A request target for each location that is no plain path. */
const TARGETS: Readonly<Record<string, string>> = {
  '@proxy_to_ws': '/ws/board/1',
  '(\\.git/git-receive-pack$|\\.git/info/refs\\?service=git-receive-pack$)': '/group/project.git/git-receive-pack',
  '\\.io': '/socket.io/?EIO=4&transport=websocket',
  '^/(c|l)ool': '/cool/adminws',
  '^/cool/(.*)/ws$': '/cool/file/ws',
}

export interface LocationResult {
  readonly location: string
  /** What the model says of the handshake, and whether an error is reported about the location. */
  readonly isGood: boolean
  readonly isFlagged: boolean
  /** The status of the answer; undefined where nginx did not start. */
  readonly status: number | undefined
}

export function fixtureNames(): string[] {
  return readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
}

/** Why a fixture can't be asked here; undefined where it can. */
export function reasonNotToAsk(name: string): string | undefined {
  if (NOT_ASKED[name]) return NOT_ASKED[name]
  const needsCertificate = readFixture(variantsOf(join(ROOT, name)).good).needsCertificate
  return needsCertificate && !certificateFiles() ? 'it needs a certificate, and there is no openssl' : undefined
}

/** Asks all WebSocket locations of one tree. */
export async function askFixture(name: string, variant: Variant): Promise<LocationResult[]> {
  const fixture = readFixture(variantsOf(join(ROOT, name))[variant])
  const backend = await startStrictBackend()
  try {
    return await withNginx(
      {
        ports: fixture.ports.length,
        conf: fixture.conf,
        files: (ports, dir) => filesOf(fixture, { dir, ports, backendPort: backend.port }),
      },
      async ({ tree }) => {
        const results: LocationResult[] = []
        for (const found of judge(tree.path(fixture.conf))) results.push(told(found, await ask(found.socket)))
        return results
      },
    )
  } catch (error) {
    if (!(error instanceof NginxStartError)) throw error
    const tree = makeTree({})
    const ports = fixture.ports.map((_, index) => index + 1)
    tree.write(filesOf(fixture, { dir: tree.dir, ports, backendPort: backend.port }))
    const found = judge(tree.path(fixture.conf))
    tree.remove()
    return found.map((each) => told(each, undefined))
  } finally {
    await backend.stop()
  }
}

function filesOf(fixture: Fixture, place: Parameters<typeof adaptFixture>[1]) {
  return { ...(fixture.needsCertificate && certificateFiles()), ...adaptFixture(fixture, place) }
}

interface Judged extends Omit<LocationResult, 'status'> {
  readonly socket: WebSocketLocation
}

const told = ({ location, isGood, isFlagged }: Judged, status: number | undefined): LocationResult => {
  return { location, isGood, isFlagged, status }
}

function judge(conf: string): Judged[] {
  const target = parseVersion(nginxVersion()) ?? 'unknown'
  const configuration = loadConfiguration(conf, diskFiles)
  if ('failure' in configuration) throw new Error(`${conf}: ${configuration.failure}`)
  const { problems } = lintRoots([conf], diskFiles, rules, { target })
  const errors = problems.filter(({ severity }) => severity === 'error')
  return findWebSocketLocations(new Model(configuration, target)).map((socket) => {
    const { directive } = socket.scope
    return {
      location: `location ${directive?.values.join(' ')}`,
      isGood: isGood(socket.handshake),
      isFlagged: errors.some((problem) => isAbout(problem, socket)),
      socket,
    }
  })
}

/** Asks for what the location answers, on what its server listens on. */
async function ask({ scope }: WebSocketLocation): Promise<number> {
  const { match, path } = locationPattern(scope.location!.directive!)
  const isPath = match === 'exact' || match === 'prefix' || match === 'prefix-first'
  const target = isPath ? path : TARGETS[path]
  if (target === undefined) throw new Error(`no request target for the location ${path}: add one to TARGETS`)
  const listen = readListen(scope.server!.own('listen')[0]!)
  const host = scope.server!.own('server_name')[0]?.argument(0) ?? 'localhost'
  const { status } = await handshake({ port: listen.ports![0], path: target, host, tls: listen.isTls })
  return status
}
