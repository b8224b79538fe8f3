import { assert, describe, it } from "@effect/vitest"
import { networkOf } from "../address.js"

describe("the network of an address", () => {
  it("is the address itself for IPv4, however it is written", () => {
    assert.strictEqual(networkOf("192.0.2.7"), "192.0.2.7")
    assert.strictEqual(networkOf("::ffff:192.0.2.7"), "192.0.2.7")
    assert.strictEqual(networkOf(""), "")
  })

  it("is the first 64 bits of IPv6, whatever follows and however they are written", () => {
    for (const address of [
      "2001:db8:0:1::1",
      "2001:db8:0:1:ffff:ffff:ffff:ffff",
      "2001:0DB8:0000:0001:0:0:0:2",
      "2001:db8::1:0:0:0:3",
      "2001:db8:0:1::%eth0"
    ]) {
      assert.strictEqual(networkOf(address), "2001:db8:0:1::/64", address)
    }
    assert.strictEqual(networkOf("::1"), "0:0:0:0::/64")
    assert.notStrictEqual(networkOf("2001:db8:0:2::1"), networkOf("2001:db8:0:1::1"))
  })
})
