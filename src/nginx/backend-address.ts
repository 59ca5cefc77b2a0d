/** What nginx says of an address that it does not take: ngx_parse_url in src/core/ngx_inet.c. */
export type AddressFault = 'no host' | 'invalid host' | 'invalid port' | 'no path in the unix domain socket'

/** Why nginx refuses the address of a backend, without any path behind it. Whether its name is known nobody asks. */
export function addressFault(text: string): AddressFault | undefined {
  if (/^unix:/i.test(text)) return text.length > 'unix:'.length ? undefined : 'no path in the unix domain socket'
  const [, host = '', port] = /^(\[[^\]]*\]|[^:[]*)(?::(.*))?$/s.exec(text) ?? []
  if (host === '' && text.startsWith('[')) return 'invalid host'
  if (host === '') return 'no host'
  if (/[/?]/.test(text)) return 'invalid host'
  return port === undefined || isPort(port) ? undefined : 'invalid port'
}

/** The port of such an address, as it is written. */
export function portOf(address: string): string | undefined {
  return /^(?:\[[^\]]*\]|[^:[]*):(.*)$/s.exec(address)?.[1]
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
}
