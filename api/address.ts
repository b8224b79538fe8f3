const groupsOf = (text: string) => (text === "" ? [] : text.split(":"))

/**
 * What of a caller's address tells it from others: an IPv4 address as it is, of IPv6 the first 64 bits, of which a home has
 * one and a rented machine too, with 2^64 addresses in it (RFC 6177). Two spellings of one address give the same.
 */
export const networkOf = (address: string): string => {
  const [plain = ""] = address.toLowerCase().split("%", 1)
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!plain.includes(":")) return plain
  const [head = "", tail] = plain.split("::", 2)
  const [before, after] = [groupsOf(head), groupsOf(tail ?? "")]
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`
}
