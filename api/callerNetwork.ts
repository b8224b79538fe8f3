/** The groups of one side of `::`, an IPv4 address at its end as two of them. Null: they are none. */
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

/** The eight groups of an IPv6 address (RFC 4291, section 2.2). */
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
 * Whom an address counts for. A network gives each of its customers an IPv6 /64 at least, so all of it is one; an IPv4
 * address within IPv6 (`::ffff:192.0.2.1`) is that address. What is no IPv6 address is taken as it is.
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
 * Whom a network counts for where a customer with many of them must not count often: an IPv6 customer has a whole /48 at
 * most (RFC 6177), so all of it is one. An IPv4 address stays as it is.
 */
export const siteOf = (network: string): string =>
  network.endsWith("::/64") ? `${network.split(":").slice(0, 3).join(":")}::/48` : network

/** This machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). */
const isLoopback = (network: string) => network.startsWith("127.") || network === networkOf("::1")

/** Whom a request comes from: Cloudflare's word. Empty where there is none, and for programs of the service's own machine. */
export const callerNetwork = (headers: Readonly<Record<string, string | undefined>>): string => {
  const network = networkOf(headers["cf-connecting-ip"] ?? "")
  return isLoopback(network) ? "" : network
}
