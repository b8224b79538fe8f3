import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { makeObservable } from "../browser/Observable.js"
import { type Device, MediaDevices } from "./MediaDevices.js"

/**
 * The devices there are, kept fresh for as long as the scope is open; null before the first look. `refresh` looks again: labels appear only once
 * permission is given, and no event says so.
 */
export const makeDeviceList = Effect.gen(function* () {
  const port = yield* MediaDevices
  const look = Runtime.runFork(yield* Effect.runtime())
  const devices = makeObservable<ReadonlyArray<Device> | null>(null)
  const refresh = Effect.map(port.list, devices.set)
  yield* port.watch(() => void look(refresh))
  yield* Effect.forkScoped(refresh)
  return { devices, refresh } as const
})
