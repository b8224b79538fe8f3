import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import type * as Scope from "effect/Scope"
import { type Cell, makeCell } from "../Cell.js"
import { type DeviceKind, DeviceLost, MediaDevices, type MediaProblem, type Wanted } from "./MediaDevices.js"

/** One camera or one microphone: what is open now. */
export type CaptureState =
  /** Nothing is open; the device's lamp is out. */
  | { readonly _tag: "Off" }
  /** The browser is asking the person, or starting the device. */
  | { readonly _tag: "Opening" }
  /** `id` is the device's own, whatever was asked for. `silent`: it gives nothing now, as while a phone call has it. */
  | { readonly _tag: "On"; readonly track: MediaStreamTrack; readonly id: string; readonly silent: boolean }
  | { readonly _tag: "Problem"; readonly problem: MediaProblem }

/** Holds at most one device of its kind. Closing the scope it was made in stops the device. */
export interface Capture {
  readonly state: Cell<CaptureState>
  /** Stops what is open, then opens another. The latest call wins. */
  readonly open: (wanted: Wanted) => Effect.Effect<void>
  /** Takes over a track that is open already. */
  readonly adopt: (track: MediaStreamTrack) => Effect.Effect<void>
  readonly close: Effect.Effect<void>
  /**
   * Lets the device be seen or heard, or not, while it stays open: the tracks of now and of later. A device that is
   * opened anew for each word costs the first of them, and a headset its profile.
   */
  readonly enable: (enabled: boolean) => void
}

/** Fails when the device stops by itself. A track that this page stops says nothing. */
const lost = (kind: DeviceKind, track: MediaStreamTrack) =>
  Effect.async<never, DeviceLost>((resume) => {
    const ended = () => resume(Effect.fail(new DeviceLost({ kind })))
    track.addEventListener("ended", ended)
    return Effect.sync(() => track.removeEventListener("ended", ended))
  })

/** Shows the track, now and whenever it falls silent or sounds again. */
const watched = (track: MediaStreamTrack, show: (state: CaptureState) => Effect.Effect<void>) => {
  const id = track.getSettings().deviceId ?? ""
  const look = Effect.suspend(() => show({ _tag: "On", track, id, silent: track.muted }))
  const changed = () => Effect.runSync(look)
  return Effect.acquireRelease(
    Effect.zipRight(
      look,
      Effect.sync(() => {
        track.addEventListener("mute", changed)
        track.addEventListener("unmute", changed)
      })
    ),
    () =>
      Effect.sync(() => {
        track.removeEventListener("mute", changed)
        track.removeEventListener("unmute", changed)
      })
  )
}

/**
 * The old device is always stopped before the new one is asked for: iOS mutes the first of two captures, and many
 * cameras serve one reader only.
 */
export const makeCapture = Effect.fn("makeCapture")(function* (
  kind: DeviceKind
): Effect.fn.Return<Capture, never, MediaDevices | Scope.Scope> {
  const devices = yield* MediaDevices
  const state = makeCell<CaptureState>({ _tag: "Off" })
  const show = (now: CaptureState) => Effect.sync(() => state.set(now))
  const handle = yield* FiberHandle.make<void>()
  let enabled = true
  const apply = (track: MediaStreamTrack) => {
    track.enabled = enabled
  }
  const inTurn = (yield* Effect.makeSemaphore(1)).withPermits(1)

  const held = (acquire: Effect.Effect<MediaStreamTrack, MediaProblem>) =>
    Effect.uninterruptibleMask((restore) =>
      restore(acquire).pipe(Effect.tap((track) => Effect.addFinalizer(() => Effect.sync(() => track.stop()))))
    ).pipe(
      // Before anybody gets it: whoever is muted stays so when the device changes.
      Effect.tap((track) => Effect.sync(() => apply(track))),
      Effect.tap((track) => watched(track, show)),
      Effect.flatMap((track) => lost(kind, track)),
      Effect.scoped,
      Effect.catchAll((problem) => show({ _tag: "Problem", problem }))
    )

  const hold = (acquire: Effect.Effect<MediaStreamTrack, MediaProblem>) =>
    FiberHandle.clear(handle).pipe(
      Effect.zipRight(show({ _tag: "Opening" })),
      Effect.zipRight(FiberHandle.run(handle, held(acquire))),
      Effect.asVoid,
      inTurn
    )

  return {
    state,
    open: (wanted) => hold(devices.open(kind, wanted)),
    adopt: (track) => hold(Effect.succeed(track)),
    close: FiberHandle.clear(handle).pipe(Effect.zipRight(show({ _tag: "Off" })), inTurn),
    enable: (is) => {
      enabled = is
      const now = state.get()
      if (now._tag === "On") apply(now.track)
    }
  }
})

/**
 * Opens both with one question to the person. Where that fails each is asked for alone, so that a missing camera does
 * not take the microphone with it, and each says its own problem.
 */
export const openTogether = Effect.fn("openTogether")(function* (
  camera: Capture,
  microphone: Capture,
  wanted: Readonly<Record<DeviceKind, Wanted>>
) {
  const devices = yield* MediaDevices
  const opening: CaptureState = { _tag: "Opening" }
  camera.state.set(opening)
  microphone.state.set(opening)
  yield* devices.openBoth(wanted.camera, wanted.microphone).pipe(
    Effect.matchEffect({
      onSuccess: (tracks) => Effect.zipRight(camera.adopt(tracks.camera), microphone.adopt(tracks.microphone)),
      onFailure: () => Effect.zipRight(camera.open(wanted.camera), microphone.open(wanted.microphone))
    })
  )
})
