import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { makeObservable } from "../browser/Observable.js"
import { type Device, MediaDevices } from "./MediaDevices.js"

/**
 * The devices of this machine, up to date for as long as the scope is open; null until the browser has listed them.
 * `refresh` lists them again: labels appear only once permission is given, and no event reports it.
 */
export const makeDeviceList = Effect.gen(function* () {
  const port = yield* MediaDevices
  const run = Runtime.runFork(yield* Effect.runtime())
  const devices = makeObservable<ReadonlyArray<Device> | null>(null)
  const refresh = Effect.map(port.list, devices.set)
  yield* port.watch(() => void run(refresh))
  yield* Effect.forkScoped(refresh)
  return { devices, refresh } as const
})
