/** Free ports on loopback. */
import { type AddressInfo, createServer } from 'node:net'

const REMEMBERED = 512
const lent: number[] = []

/** Ports that nobody listens on now, none of which was handed out lately. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = []
  while (found.length < count) {
    const asked = await Promise.all(Array.from({ length: count - found.length }, askForPort))
    for (const { port } of asked) if (!lent.includes(port) && !found.includes(port)) found.push(port)
    await Promise.all(asked.map(({ giveBack }) => giveBack()))
  }
  lent.push(...found)
  lent.splice(0, lent.length - Math.max(REMEMBERED, count))
  return found
}

interface AskedPort {
  readonly port: number
  giveBack(): Promise<void>
}

async function askForPort(): Promise<AskedPort> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { port, giveBack: () => new Promise((resolve) => server.close(() => resolve())) }
}
