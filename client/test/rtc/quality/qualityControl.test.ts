import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { unshared } from "../../../rtc/quality/capacity.js"
import type { Limits } from "../../../rtc/quality/encoderLimits.js"
import { type Measured, makeQualityControl } from "../../../rtc/quality/qualityControl.js"

const statistics = (available: number) => ({
  camera: "1",
  report: new Map<string, unknown>([
    ["t", { id: "t", type: "transport", selectedCandidatePairId: "p" }],
    ["p", { id: "p", type: "candidate-pair", availableOutgoingBitrate: available }]
  ])
})

const begin = Effect.gen(function* () {
  const set: Array<Limits> = []
  const told: Array<Measured> = []
  const network = { available: 3_000_000 }
  const qualityControl = makeQualityControl(({ camera }) => Effect.sync(() => set.push(camera)))
  // No picture has to be real: only whether there is one counts.
  yield* qualityControl.setTrack("video", Object.create(null))
  const look = Effect.sync(() => statistics(network.available))
  yield* Effect.forkScoped(qualityControl.watch(look, (measured) => Effect.sync(() => told.push(measured))))
  yield* TestClock.adjust("1 second")
  return { qualityControl, network, told, lines: () => set.at(-1)?.lines }
})

describe("the encoders of a connection", () => {
  it.scoped("follow the network every 2 seconds, and report when it last carried too little", () =>
    Effect.gen(function* () {
      const { lines, network, told } = yield* begin
      assert.strictEqual(lines(), 720)
      network.available = 200_000
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(lines(), 270)
      network.available = 3_000_000
      yield* TestClock.adjust("6 seconds")
      assert.strictEqual(lines(), 720)
      assert.deepStrictEqual(
        told.map(({ sent }) => sent.shortAt),
        [2_000, 2_000, 2_000, 2_000]
      )
    })
  )

  it.scoped("follow what is wanted, what is allowed and the machine at once", () =>
    Effect.gen(function* () {
      const { qualityControl, lines } = yield* begin
      yield* qualityControl.setAllowance({ ...unshared, camera: 250_000 })
      assert.strictEqual(lines(), 360)
      yield* qualityControl.setAllowance({ ...unshared, machineShare: 1 / 4 })
      assert.strictEqual(lines(), 540)
      yield* qualityControl.setWanted({ camera: 180, screen: 0 })
      assert.strictEqual(lines(), 90)
    })
  )
})
