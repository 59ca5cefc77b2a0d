/** What the backends saw, exactly as it came. */
import { type HeaderList, valuesOf } from './wire.ts'

/** The client names each request with this header, so that answers and recordings find each other in parallel runs. */
export const ID_HEADER = 'X-E2E-Id'

export interface RecordedRequest {
  readonly method: string
  readonly target: string
  /** As in the request line: `1.0`, `1.1`; `2.0` where nginx opened an HTTP/2 connection. */
  readonly httpVersion: string
  /** In order, with case and duplicates. */
  readonly headers: HeaderList
}

export interface Recording extends RecordedRequest {
  /** Undefined where nginx passed no headers (`proxy_pass_request_headers off`). */
  readonly id: string | undefined
  /** Which connection of the backend it came on, from 1: shows whether nginx reused one. */
  readonly connection: number
  /** Why this is no handshake; only the strict backend says. */
  readonly faults: readonly string[]
}

export class Recorder {
  readonly #all: Recording[] = []
  readonly #byId = new Map<string, Recording[]>()

  add(request: RecordedRequest, connection: number, faults: readonly string[] = []): void {
    const id = valuesOf(request.headers, ID_HEADER)[0]
    const recording = { ...request, id, connection, faults }
    this.#all.push(recording)
    if (id !== undefined) this.#byId.set(id, [...this.of(id), recording])
  }

  /** In order of arrival. */
  all(): readonly Recording[] {
    return this.#all
  }

  /** The recordings of one request: none if it never reached the backend, several if nginx tried again. */
  of(id: string): readonly Recording[] {
    return this.#byId.get(id) ?? []
  }

  /** The only recording of one request. */
  one(id: string): Recording {
    const found = this.of(id)
    if (found.length !== 1) throw new Error(`request ${id} reached the backend ${found.length} times`)
    return found[0]!
  }

  clear(): void {
    this.#all.length = 0
    this.#byId.clear()
  }
}
