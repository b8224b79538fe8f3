import { assert, describe, it } from "@effect/vitest"
import {
  freeBytes,
  rateOf,
  reservedBytes,
  secondsLeft,
  type Written,
  withSample
} from "../../../media/recording/space.js"

describe("the space for a recording", () => {
  const gigabyte = 1e9

  it("is the rest of the quota less a reserve, even if the browser counts late", () => {
    const first = { quota: 2 * gigabyte, usage: 0 }
    assert.strictEqual(freeBytes(first, first, 0), 2 * gigabyte - reservedBytes)
    // The browser has not counted yet what was written.
    assert.strictEqual(freeBytes(first, first, gigabyte), gigabyte - reservedBytes)
    assert.strictEqual(
      freeBytes(first, { quota: 2 * gigabyte, usage: 1.5 * gigabyte }, 0),
      0.5 * gigabyte - reservedBytes
    )
    // Somebody has tidied up the disk.
    assert.strictEqual(freeBytes(first, { quota: 3 * gigabyte, usage: 0 }, gigabyte), 2 * gigabyte - reservedBytes)
    assert.strictEqual(freeBytes(first, { quota: gigabyte, usage: gigabyte }, 0), 0)
  })

  it("lasts as long as the rate of the last minute allows", () => {
    const samples = (seconds: number, bytesPerSecond: number) => {
      let all: ReadonlyArray<Written> = []
      for (let at = 0; at <= seconds; at += 5) all = withSample(all, { at: at * 1000, bytes: at * bytesPerSecond })
      return all
    }
    assert.isNull(rateOf(samples(0, 1000)))
    assert.closeTo(rateOf(samples(5, 1000)) ?? 0, 1000, 1)
    assert.closeTo(rateOf(samples(600, 1000)) ?? 0, 1000, 1)
    assert.isAtMost(samples(600, 1000).length, 13)
    assert.strictEqual(secondsLeft(6e6, 1e4), 600)
    assert.isNull(secondsLeft(6e6, 0))
    assert.isNull(secondsLeft(6e6, null))
  })
})
