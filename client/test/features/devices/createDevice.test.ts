import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createRoot } from "solid-js"
import { createDevice } from "../../../features/devices/createDevice.js"
import { makeCapture } from "../../../media/Capture.js"
import { camera, FakeDevices, FakeMediaDevices, settled } from "../../fakes/FakeMediaDevices.js"

describe("a device of a page", () => {
  it.scoped("that could not be opened stays closed once its notice is dismissed, until it is turned on", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      const capture = yield* makeCapture("camera")
      const { device, dispose } = createRoot((dispose) => ({
        dispose,
        device: createDevice({
          kind: "camera",
          capture,
          devices: () => [],
          run: (effect) => void Effect.runFork(effect),
          startsOff: false
        })
      }))
      yield* Effect.addFinalizer(() => Effect.sync(dispose))
      const change = (present: typeof fake.present) => {
        fake.present = present
        fake.change()
        return settled
      }

      device.turnOn()
      yield* settled
      assert.strictEqual(device.problem()?._tag, "DeviceMissing")
      yield* change([camera("one")])
      assert.deepStrictEqual(fake.running(), ["one"], "its notice is still shown, and says what to do")

      device.turnOff()
      yield* change([])
      device.turnOn()
      yield* settled
      const problem = device.problem()
      assert(problem !== undefined)
      device.dismiss(problem)
      yield* change([camera("one")])
      assert.deepStrictEqual(fake.running(), [])
      device.turnOn()
      yield* settled
      assert.deepStrictEqual(fake.running(), ["one"])
    }).pipe(Effect.provide(FakeMediaDevices))
  )
})
