import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { type Device, MediaDevices } from "./MediaDevices.js"

/**
 * The devices there are, kept fresh for as long as the scope is open. `refresh` looks again: labels appear only once
 * permission is given, and no event says so.
 */
export const makeDeviceList = Effect.gen(function* () {
  const port = yield* MediaDevices
  const devices = yield* SubscriptionRef.make<ReadonlyArray<Device>>([])
  const refresh = port.list.pipe(Effect.flatMap((found) => SubscriptionRef.set(devices, found)))
  yield* port.changes.pipe(
    Stream.runForEach(() => refresh),
    Effect.forkScoped
  )
  yield* Effect.forkScoped(refresh)
  return { devices, refresh } as const
})
