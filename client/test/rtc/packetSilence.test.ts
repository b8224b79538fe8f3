import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import { sampled, unsampled, watchPacketSilence } from "../../rtc/packetSilence.js"

/** What is known after samples of these counts. */
const after = (...counts: ReadonlyArray<number>) => counts.reduce(sampled, unsampled)

describe("a silence", () => {
  it("is three samples without a packet after packets came steadily", () => {
    const flowing = [10, 20, 30, 40]
    assert.isFalse(after(...flowing, 40, 40).silent)
    assert.isTrue(after(...flowing, 40, 40, 40).silent)
  })

  it("is not found if packets come now and then, as only checks do with all microphones and cameras off", () => {
    assert.isFalse(after(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3).silent)
    assert.isFalse(after(1, 2, 3, 3, 4, 4, 4, 4).silent)
  })

  it("takes longer after each on an unstable network, and is as short as the first after a minute of packets", () => {
    let flow = unsampled
    let count = 0
    const come = (samples: number) => {
      for (let sample = 0; sample < samples; sample++) flow = sampled(flow, ++count)
    }
    /** How many samples without a packet a silence takes. */
    const silenceSamples = () => {
      let samples = 0
      while (!flow.silent) {
        flow = sampled(flow, count)
        samples++
      }
      return samples
    }
    const wobble = () => {
      come(5)
      return silenceSamples()
    }
    assert.deepStrictEqual(Array.from({ length: 5 }, wobble), [3, 6, 12, 12, 12])
    come(119)
    assert.strictEqual(silenceSamples(), 12)
    come(120)
    assert.strictEqual(silenceSamples(), 3)
  })

  it("is not found before the first packet", () => {
    assert.isFalse(after(0, 0, 0, 0, 0, 0).silent)
  })

  it("ends with the next packet, also where the browser has forgotten the old path and counts from less", () => {
    const silent = [10, 20, 30, 40, 40, 40, 40]
    assert.isFalse(after(...silent, 41).silent)
    assert.isTrue(after(...silent, 5, 5).silent)
    assert.isFalse(after(...silent, 5, 6).silent)
  })

  it.effect("is reported once when it begins and once when it ends", () =>
    Effect.gen(function* () {
      let comes = true
      let received = 0
      const reported: Array<string> = []
      const count = Effect.sync(() => (comes ? ++received : received))
      yield* Effect.fork(watchPacketSilence(count, (change) => Effect.sync(() => reported.push(change))))
      yield* TestClock.adjust("10 seconds")
      comes = false
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(reported, [])
      yield* TestClock.adjust("500 millis")
      assert.deepStrictEqual(reported, ["Silent"])
      yield* TestClock.adjust("10 seconds")
      comes = true
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(reported, ["Silent", "Heard"])
    })
  )

  it.effect("is no longer watched if a browser counts nothing", () =>
    Effect.gen(function* () {
      const watching = yield* Effect.fork(
        watchPacketSilence(Effect.succeed(null), () => Effect.die("It reported something."))
      )
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(watching)
    })
  )
})
