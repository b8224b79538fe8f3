import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { type Capture, makeCapture, openTogether } from "../../media/Capture.js"
import { DeviceBusy, PermissionRefused } from "../../media/MediaDevices.js"
import {
  anyDevice,
  camera,
  FakeDevices,
  FakeMediaDevices,
  microphone,
  onlyDevice,
  settled,
  tagOf
} from "../fakes/FakeMediaDevices.js"

describe("a capture", () => {
  it.scoped("stops the old camera before it opens another", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one"), camera("two")]
      const capture = yield* makeCapture("camera")
      yield* capture.open(onlyDevice("one"))
      yield* settled
      const said: Array<readonly [string, ReadonlyArray<string>]> = []
      capture.state.listen((now) => said.push([now._tag, fake.running()]))
      yield* capture.open(onlyDevice("two"))
      yield* settled
      assert.deepStrictEqual(said, [
        ["Opening", []],
        ["On", ["two"]]
      ])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.effect("stops its device with its scope, and with close", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one")]
      const scope = yield* Scope.make()
      const capture = yield* Scope.extend(makeCapture("camera"), scope)
      yield* capture.open(anyDevice)
      yield* settled
      yield* capture.close
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["Off", []])
      yield* capture.open(anyDevice)
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["On", ["one"]])
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(fake.running(), [])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("reports that its device was unplugged", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one")]
      const capture = yield* makeCapture("camera")
      yield* capture.open(anyDevice)
      yield* settled
      fake.opened[0]?.unplug()
      yield* settled
      assert.strictEqual(tagOf(capture), "DeviceLost")
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("reports that its device has fallen silent, and that it sounds again", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [microphone("ear"), microphone("headset")]
      const capture = yield* makeCapture("microphone")
      const isSilent = () => {
        const now = capture.state.get()
        return now._tag === "On" && now.silent
      }
      yield* capture.open(onlyDevice("ear"))
      yield* settled
      assert.isFalse(isSilent())
      fake.opened[0]?.silence(true)
      assert.isTrue(isSilent())
      fake.opened[0]?.silence(false)
      assert.isFalse(isSilent())
      yield* capture.open(onlyDevice("headset"))
      yield* settled
      fake.opened[0]?.silence(true)
      assert.isFalse(isSilent(), "what was let go says nothing")
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("stays open while it is muted, and another device is muted from its first moment", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [microphone("ear"), microphone("headset")]
      const capture = yield* makeCapture("microphone")
      yield* capture.open(onlyDevice("ear"))
      yield* settled
      capture.enable(false)
      assert.deepStrictEqual([tagOf(capture), fake.running(), fake.opened[0]?.enabled], ["On", ["ear"], false])
      const seen: Array<boolean | undefined> = []
      capture.state.listen((now) => seen.push(now._tag === "On" ? now.track.enabled : undefined))
      yield* capture.open(onlyDevice("headset"))
      yield* settled
      assert.deepStrictEqual(seen, [undefined, false])
      capture.enable(true)
      assert.isTrue(fake.opened[1]?.enabled)
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  const change = ({ state }: Capture) => {
    const now = state.get()
    return now._tag === "On" ? now.change : undefined
  }

  it.scoped("replaces an unplugged device by the system's, and takes it again when it is back", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      const [ear, headset, table] = [microphone("ear"), microphone("headset"), microphone("table")]
      fake.present = [ear, headset]
      const capture = yield* makeCapture("microphone")
      capture.enable(false)
      yield* capture.open(onlyDevice("headset"))
      yield* settled
      fake.present = [ear]
      fake.opened[0]?.unplug()
      yield* settled
      assert.deepStrictEqual([fake.running(), change(capture)], [["ear"], { _tag: "Instead", of: "headset" }])
      assert.isFalse(fake.opened[1]?.enabled, "as muted as the one before")

      // Another comes, for which nobody asked. The replacement goes, too.
      fake.present = [table, ear]
      fake.change()
      yield* settled
      assert.deepStrictEqual(fake.running(), ["ear"])
      fake.present = [table]
      fake.opened[1]?.unplug()
      yield* settled
      assert.deepStrictEqual([fake.running(), change(capture)], [["table"], { _tag: "Instead", of: "headset" }])

      fake.present = [table, headset]
      fake.change()
      yield* settled
      assert.deepStrictEqual([fake.running(), change(capture)], [["headset"], { _tag: "Back" }])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("does not replace a device that is still there, or that was closed", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      const [ear, headset] = [microphone("ear"), microphone("headset")]
      fake.present = [ear, headset]
      const capture = yield* makeCapture("microphone")
      yield* capture.open(onlyDevice("headset"))
      yield* settled
      // Another program took it, or permission was taken back.
      fake.opened[0]?.unplug()
      fake.change()
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["DeviceLost", []])
      // Only now it is unplugged.
      fake.present = [ear]
      fake.change()
      yield* settled
      assert.deepStrictEqual(fake.running(), ["ear"])
      yield* capture.close
      fake.present = [ear, headset]
      fake.change()
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["Off", []])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("opens both at once, and each by itself if one of them fails", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one"), microphone("ear")]
      const [eye, ear] = [yield* makeCapture("camera"), yield* makeCapture("microphone")]
      yield* openTogether(eye, ear, { camera: anyDevice, microphone: anyDevice })
      yield* settled
      assert.deepStrictEqual([tagOf(eye), tagOf(ear)], ["On", "On"])
      fake.problems.push(new PermissionRefused({ kind: "camera" }), new DeviceBusy({ kind: "camera" }))
      yield* openTogether(eye, ear, { camera: anyDevice, microphone: anyDevice })
      yield* settled
      assert.deepStrictEqual([tagOf(eye), tagOf(ear)], ["DeviceBusy", "On"])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  for (const [name, closed] of [
    ["camera", 0],
    ["microphone", 1]
  ] as const) {
    it.scoped(`keeps a ${name} closed that was closed while the person was asked for both`, () =>
      Effect.gen(function* () {
        const fake = yield* FakeDevices
        fake.present = [camera("one"), microphone("ear")]
        const answer = yield* Deferred.make<void>()
        fake.answer = Deferred.await(answer)
        const both = [yield* makeCapture("camera"), yield* makeCapture("microphone")] as const
        yield* Effect.fork(openTogether(...both, { camera: anyDevice, microphone: anyDevice }))
        yield* settled
        assert.deepStrictEqual(both.map(tagOf), ["Opening", "Opening"])
        yield* both[closed].close
        yield* Deferred.succeed(answer, undefined)
        yield* settled
        assert.strictEqual(fake.opened.length, 2)
        assert.deepStrictEqual(both.map(tagOf), closed === 0 ? ["Off", "On"] : ["On", "Off"])
        assert.deepStrictEqual(fake.running(), closed === 0 ? ["ear"] : ["one"])
      }).pipe(Effect.provide(FakeMediaDevices))
    )
  }

  it.scoped("asks no more for one that was closed if both cannot be opened", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      fake.present = [camera("one"), microphone("ear")]
      const answer = yield* Deferred.make<void>()
      fake.answer = Deferred.await(answer)
      const [eye, ear] = [yield* makeCapture("camera"), yield* makeCapture("microphone")]
      yield* Effect.fork(openTogether(eye, ear, { camera: anyDevice, microphone: anyDevice }))
      yield* settled
      yield* eye.close
      fake.problems.push(new PermissionRefused({ kind: "camera" }))
      yield* Deferred.succeed(answer, undefined)
      yield* settled
      assert.deepStrictEqual([tagOf(eye), tagOf(ear), fake.opened.map(({ id }) => id)], ["Off", "On", ["ear"]])
    }).pipe(Effect.provide(FakeMediaDevices))
  )

  it.scoped("still waits for a lost device when its replacement is opened again with another shape", () =>
    Effect.gen(function* () {
      const fake = yield* FakeDevices
      const [ear, table, headset] = [microphone("ear"), microphone("table"), microphone("headset")]
      const original = { original: true, denoised: true }
      fake.present = [ear, headset]
      const capture = yield* makeCapture("microphone")
      yield* capture.open(onlyDevice("headset"))
      yield* settled
      fake.present = [ear]
      fake.opened[0]?.unplug()
      yield* settled
      fake.present = [table, ear]
      yield* capture.reopen({ id: "headset", exact: false, shape: original })
      yield* settled
      assert.deepStrictEqual(
        [fake.running(), fake.opened[2]?.shape, change(capture)],
        [["ear"], original, { _tag: "Instead", of: "headset" }]
      )
      fake.present = [table, ear, headset]
      fake.change()
      yield* settled
      assert.deepStrictEqual(
        [fake.running(), fake.opened[3]?.shape, change(capture)],
        [["headset"], original, { _tag: "Back" }]
      )
      yield* capture.close
      yield* capture.reopen(anyDevice)
      yield* settled
      assert.deepStrictEqual([tagOf(capture), fake.running()], ["Off", []])
    }).pipe(Effect.provide(FakeMediaDevices))
  )
})
