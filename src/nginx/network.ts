/** Whether it is an address or a network (ngx_ptocidr). Of one of IPv6 no more is asked than that it may be one. */
export function isNetwork(value: string): boolean {
  if (/^[\da-f:.]*:[\da-f:.]*(?:\/\d+)?$/i.test(value)) return true
  const [, address = '', bits = '32'] = /^([\d.]+)(?:\/(\d+))?$/.exec(value) ?? []
  return isAddress(address) && Number(bits) <= 32
}

/** Whether it is one address of IPv4. */
export function isAddress(value: string): boolean {
  const parts = value.split('.')
  return parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) < 256)
}
