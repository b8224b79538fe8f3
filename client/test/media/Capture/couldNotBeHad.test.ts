import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeCapture } from "../../../media/Capture.js"
import { PermissionRefused } from "../../../media/MediaDevices.js"
import {
  anyDevice,
  camera,
  FakeDevices,
  FakeMediaDevices,
  microphone,
  onlyDevice,
  settled,
  tagOf
} from "../../fakes/FakeMediaDevices.js"

describe("a device that could not be opened", () => {
  it.scoped(
    "is opened once the person has allowed it in the browser's settings, and taken back there and allowed again",
    () =>
      Effect.gen(function* () {
        const fake = yield* FakeDevices
        const both = [camera("one"), camera("two")]
        fake.present = both
        const capture = yield* makeCapture("camera")
        const setAllowed = (allowed: boolean) => {
          fake.allowed = allowed
          // Browsers name no device to a page that may not use it.
          fake.present = allowed ? both : both.map((device) => ({ ...device, id: "", label: "" }))
          fake.change()
          return settled
        }
        yield* setAllowed(false)
        fake.problems.push(new PermissionRefused({ kind: "camera" }))
        yield* capture.open(onlyDevice("two"))
        yield* settled
        assert.strictEqual(tagOf(capture), "PermissionRefused")
        yield* setAllowed(true)
        assert.deepStrictEqual([tagOf(capture), fake.running()], ["On", ["two"]])
        fake.problems.push(new PermissionRefused({ kind: "camera" }))
        fake.opened[0]?.unplug()
        yield* setAllowed(false)
        assert.strictEqual(tagOf(capture), "PermissionRefused")
        yield* setAllowed(true)
        assert.deepStrictEqual([tagOf(capture), fake.running()], ["On", ["two"]])
        // And none in between, for which nobody has asked.
        assert.deepStrictEqual([...new Set(fake.opened.map(({ id }) => id))], ["two"])
        yield* capture.close
        yield* setAllowed(false)
        yield* setAllowed(true)
        assert.strictEqual(tagOf(capture), "Off")
      }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("is not requested again and again by itself, after a dismissed question or the system's refusal", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one")]
      const capture = yield* makeCapture("camera")
      fake.problems.push(new PermissionRefused({ kind: "camera" }))
      yield* capture.open(anyDevice)
      yield* settled
      fake.change()
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.opened], ["PermissionRefused", []])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("is opened once the first one is plugged in", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [microphone("ear")]
      const capture = yield* makeCapture("camera")
      yield* capture.open(anyDevice)
      yield* settled
      assert.strictEqual(tagOf(capture), "DeviceMissing")
      fake.present = [microphone("ear"), camera("one")]
      fake.change()
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["On", ["one"]])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  for (const reason of ["PermissionRefused", "DeviceMissing"]) {
    it.scoped(`is not opened by itself in a hidden tab, nor once its notice was dismissed: ${reason}`, () =>
      Effect.gen(function* () {
        const fake = yield* FakeDevices
        const setThere = (there: boolean) => {
          fake.present = there ? [camera("one")] : []
          fake.allowed = there
          fake.change()
          return settled
        }
        const setVisible = (visible: boolean) => {
          fake.visible = visible
          fake.change()
          return settled
        }
        const capture = yield* makeCapture("camera")
        const fail = Effect.gen(function* () {
          yield* setThere(false)
          if (reason === "PermissionRefused") fake.problems.push(new PermissionRefused({ kind: "camera" }))
          yield* capture.open(anyDevice)
          yield* settled
        })
        yield* fail
        yield* setVisible(false)
        yield* setThere(true)
        assert.deepStrictEqual([tagOf(capture), fake.opened], [reason, []])
        yield* setVisible(true)
        assert.deepStrictEqual([tagOf(capture), fake.running()], ["On", ["one"]])

        yield* fail
        capture.giveUp()
        yield* setThere(true)
        assert.deepStrictEqual([tagOf(capture), fake.running()], [reason, []])
        yield* capture.open(anyDevice)
        yield* settled
        assert.strictEqual(tagOf(capture), "On")
      }).pipe(Effect.provide(FakeMediaDevices))
    )
  }
})
