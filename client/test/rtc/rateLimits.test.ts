import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { linesTaken, makeRateLimitByKey, toldOfGuest } from "../../rtc/rateLimits.js"

describe("a rate limit", () => {
  const keys = FastCheck.constantFrom("ada" as const, "eve" as const)
  const knocks = FastCheck.array(FastCheck.tuple(keys, FastCheck.nat(3000)), { maxLength: 200 })

  it("lets each key do a few things at once and then one in a while, whatever others do", () => {
    FastCheck.assert(
      FastCheck.property(knocks, (knocks) => {
        const { burst, every } = linesTaken
        const together = makeRateLimitByKey(linesTaken)
        const alone = { ada: makeRateLimitByKey(linesTaken), eve: makeRateLimitByKey(linesTaken) }
        const passed: Array<{ key: string; time: number }> = []
        let time = 1_000_000
        for (const [key, rest] of knocks) {
          time += rest
          const passes = together(key, time)
          assert.strictEqual(passes, alone[key](key, time))
          if (passes) passed.push({ key, time })
        }
        for (const { key, time } of passed) {
          const within = passed.filter(
            (other) => other.key === key && other.time >= time && other.time < time + 10 * every
          )
          assert.isAtMost(within.length, burst + 10)
        }
      })
    )
  })

  it("recovers by itself, under endless use and after the clock was set back", () => {
    const passes = makeRateLimitByKey(toldOfGuest)
    let heard = 0
    // A hand that goes up and down 1000 times in 17 minutes.
    for (let time = 0; time < 1000; time++) if (passes("eve", 1e12 + time * 1000)) heard++
    assert.isAtMost(heard, toldOfGuest.burst + 1000 / (toldOfGuest.every / 1000) + 1)
    assert.isAtLeast(heard, 1000 / (toldOfGuest.every / 1000))
    assert.isTrue(passes("eve", 1000))
  })
})
