/** The 16-bit groups on one side of `::`. An IPv4 address at the end is two of them. Null if the text is not groups. */
const groupsOf = (text: string): ReadonlyArray<number> | null => {
  if (text === "") return []
  const groups: Array<number> = []
  for (const part of text.split(":")) {
    const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(part)
    if (dotted !== null) {
      const [a, b, c, d] = dotted.slice(1).map(Number)
      groups.push(((a ?? 0) << 8) | (b ?? 0), ((c ?? 0) << 8) | (d ?? 0))
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return null
  }
  return groups
}

/** The eight groups of an IPv6 address (RFC 4291, section 2.2); null if it is not one. */
const parseIpv6 = (text: string): ReadonlyArray<number> | null => {
  const [head = "", tail, ...more] = text.split("::")
  const headGroups = groupsOf(head)
  const tailGroups = groupsOf(tail ?? "")
  if (headGroups === null || tailGroups === null || more.length > 0) return null
  const missingCount = 8 - headGroups.length - tailGroups.length
  if (tail === undefined ? missingCount !== 0 : missingCount < 1) return null
  return [...headGroups, ...Array.from({ length: missingCount }, () => 0), ...tailGroups]
}

/**
 * The network that an address counts towards. Each customer of a provider has at least an IPv6 /64, so a /64 is one
 * network. An IPv4-mapped address (`::ffff:192.0.2.1`) is that IPv4 address. Any other text stays as it is.
 */
export const networkOf = (address: string): string => {
  const text = address.trim().toLowerCase()
  const groups = text.includes(":") ? parseIpv6(text.replace(/%.*$/, "")) : null
  if (groups === null) return text
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".")
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`
}

/**
 * The site that a network counts towards, for limits that must not apply to each network of one customer: an IPv6
 * customer has at most a /48 (RFC 6177), so a /48 is one site. An IPv4 address stays as it is.
 */
export const siteOf = (network: string): string =>
  network.endsWith("::/64") ? `${network.split(":").slice(0, 3).join(":")}::/48` : network

/** This machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). */
const isLoopback = (network: string) => network.startsWith("127.") || network === networkOf("::1")

/** The network that a request comes from, as Cloudflare reports it. Empty if there is none or it is this machine. */
export const callerNetwork = (headers: Readonly<Record<string, string | undefined>>): string => {
  const network = networkOf(headers["cf-connecting-ip"] ?? "")
  return isLoopback(network) ? "" : network
}
