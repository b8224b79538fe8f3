import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { makeDeviceList } from "../../media/DeviceList.js"
import { camera, FakeDevices, FakeMediaDevices, microphone, settled } from "../fakes/FakeMediaDevices.js"

describe("the list of devices", () => {
  it.effect("looks again when a device comes or goes, until its scope closes", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one")]
      const scope = yield* Scope.make()
      const { devices } = yield* Scope.extend(makeDeviceList, scope)
      yield* settled
      assert.deepStrictEqual(devices.get(), [camera("one")])
      fake.present = [camera("one"), microphone("ear")]
      fake.change()
      yield* settled
      assert.deepStrictEqual(devices.get(), [camera("one"), microphone("ear")])
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(fake.watching(), 0)
    }).pipe(Effect.provide(FakeMediaDevices))
  )
})
