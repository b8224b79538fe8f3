import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { callerNetwork, networkOf } from "../callerNetwork.js"

const group = FastCheck.integer({ min: 0, max: 0xffff })
const groups = (many: number) => FastCheck.array(group, { minLength: many, maxLength: many })
const hex = (all: ReadonlyArray<number>) => all.map((one) => one.toString(16))
/** Several spellings of an address: plain, with leading zeros in capitals, and as short as a browser writes it. */
const spellings = (all: ReadonlyArray<number>) => [
  hex(all).join(":"),
  hex(all)
    .map((one) => one.padStart(4, "0"))
    .join(":")
    .toUpperCase(),
  new URL(`http://[${hex(all).join(":")}]`).hostname.slice(1, -1)
]
/** False for addresses that may contain an IPv4 address or mean the machine itself: they begin with zeros. */
const isPlain = (network: ReadonlyArray<number>) => network.some((one) => one !== 0)

describe("the network of an address", () => {
  it("is the same for a whole IPv6 /64, however it is written, and different for every other", () =>
    FastCheck.assert(
      FastCheck.property(groups(4), groups(4), groups(4), groups(4), (network, one, another, elsewhere) => {
        FastCheck.pre(isPlain(network) && isPlain(elsewhere))
        const keys = new Set(
          [...spellings([...network, ...one]), ...spellings([...network, ...another])].map(networkOf)
        )
        assert.strictEqual(keys.size, 1)
        const same = network.every((part, i) => part === elsewhere[i])
        assert.strictEqual(keys.has(networkOf(hex([...elsewhere, ...one]).join(":"))), same)
      })
    ))

  it("is the IPv4 address itself, also if that is mapped to IPv6", () =>
    FastCheck.assert(
      FastCheck.property(FastCheck.ipV4(), (address) => {
        const [a, b, c, d] = address.split(".").map(Number)
        const mapped = `${(((a ?? 0) << 8) | (b ?? 0)).toString(16)}:${(((c ?? 0) << 8) | (d ?? 0)).toString(16)}`
        for (const text of [address, `::ffff:${address}`, `::FFFF:${mapped}`, `0:0:0:0:0:ffff:${address}`]) {
          assert.strictEqual(networkOf(text), address)
        }
      })
    ))

  it("is the text itself if that is not an address", () => {
    FastCheck.assert(FastCheck.property(FastCheck.string(), (text) => networkOf(networkOf(text)) === networkOf(text)))
    assert.strictEqual(networkOf(""), "")
    for (const wrong of ["1:2", "1::2::3", "1:2:3:4:5:6:7:8:9", "::g"]) assert.strictEqual(networkOf(wrong), wrong)
    assert.strictEqual(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64")
  })

  it("is empty for requests from the same machine", () => {
    for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      assert.strictEqual(callerNetwork({ "cf-connecting-ip": address }), "", address)
    }
    assert.strictEqual(callerNetwork({}), "")
    assert.strictEqual(callerNetwork({ "cf-connecting-ip": "192.0.2.7" }), "192.0.2.7")
  })
})
