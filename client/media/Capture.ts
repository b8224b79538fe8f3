import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"
import {
  type Device,
  type DeviceKind,
  DeviceLost,
  MediaDevices,
  type MediaProblem,
  type Wanted
} from "./MediaDevices.js"
import { foundAgain, type MissedDevice } from "./missedDevice.js"

/** One camera or one microphone: what is open now. */
export type CaptureState =
  /** Nothing is open; the device's lamp is out. */
  | { readonly _tag: "Off" }
  /** The browser is asking the person, or starting the device. */
  | { readonly _tag: "Opening" }
  /**
   * `id` is the device's own, whatever was asked for. `silent`: it gives nothing now, as while a phone call has it.
   * `change`: why it is this device, where nobody asked for it.
   */
  | {
      readonly _tag: "On"
      readonly track: MediaStreamTrack
      readonly id: string
      readonly silent: boolean
      readonly change: Change | null
    }
  | { readonly _tag: "Problem"; readonly problem: MediaProblem }

/** `Instead`: that device was unplugged, and this one stands in for it. `Back`: it was plugged in again. */
export type Change = { readonly _tag: "Instead"; readonly of: string } | { readonly _tag: "Back" }

/** Holds at most one device of its kind. Closing the scope it was made in stops the device. */
export interface Capture {
  readonly state: Observable<CaptureState>
  /** Stops what is open, then opens another. The latest call wins. */
  readonly open: (wanted: Wanted) => Effect.Effect<void>
  /** Shows that it opens, before anything is asked for. Whatever is asked for meanwhile outdates the turn. */
  readonly begin: Effect.Effect<Turn>
  /** Opens what is open again, with another shape. What it stands in for is still taken again when it is back. */
  readonly reopen: (wanted: Wanted) => Effect.Effect<void>
  readonly close: Effect.Effect<void>
  /**
   * Lets the device be seen or heard, or not, while it stays open: the tracks of now and of later. A device that is
   * opened again for each word costs the first of them, and a headset its profile.
   */
  readonly enable: (enabled: boolean) => void
  /** Leaves what could not be had alone until it is opened again, also when its reason goes. */
  readonly giveUp: () => void
}

/** What was begun and is to be opened, unless something else was asked for since. */
interface Turn {
  readonly open: (wanted: Wanted) => Effect.Effect<void>
  /** Takes over a track that is open already, and what was wanted of it; or stops it, where the turn is outdated. */
  readonly adopt: (track: MediaStreamTrack, wanted: Wanted) => Effect.Effect<void>
}

/** Fails when the device stops by itself. A track that this page stops says nothing. */
const lost = (kind: DeviceKind, track: MediaStreamTrack) =>
  Effect.async<never, DeviceLost>((resume) => {
    const ended = () => resume(Effect.fail(new DeviceLost({ kind })))
    track.addEventListener("ended", ended)
    return Effect.sync(() => track.removeEventListener("ended", ended))
  })

/** Shows the track, now and whenever it falls silent or sounds again. */
const watched = (
  track: MediaStreamTrack,
  change: Change | null,
  show: (state: CaptureState) => Effect.Effect<void>
) => {
  const id = track.getSettings().deviceId ?? ""
  const showNow = Effect.suspend(() => show({ _tag: "On", track, id, silent: track.muted, change }))
  const changed = () => Effect.runSync(showNow)
  return Effect.acquireRelease(
    Effect.zipRight(
      showNow,
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
 * cameras serve one reader only. A device that is unplugged is replaced by the system's own, and taken again when it is
 * plugged in; one that stops while it is still there was taken by somebody, and is left to them. What could not be had is
 * opened once its reason is gone: the person has plugged in the first one, or allowed it in the browser's settings. In a
 * tab that nobody looks at that waits until somebody does: it may be the doing of another page.
 */
export const makeCapture = Effect.fn("makeCapture")(function* (
  kind: DeviceKind
): Effect.fn.Return<Capture, never, MediaDevices | Scope.Scope> {
  const devices = yield* MediaDevices
  const state = makeObservable<CaptureState>({ _tag: "Off" })
  const show = (now: CaptureState) => Effect.sync(() => state.set(now))
  const handle = yield* FiberHandle.make<void>()
  let enabled = true
  const apply = (track: MediaStreamTrack) => {
    track.enabled = enabled
  }
  const inTurn = (yield* Effect.makeSemaphore(1)).withPermits(1)

  /** Counts what is asked for: what was begun for an earlier wish is given up. */
  let wish = 0
  /** What is to come back when it is plugged in again, whether it was gone meanwhile, and what stopped last. */
  let missed: { readonly device: MissedDevice; readonly wanted: Wanted } | null = null
  let gone = false
  let last: MissedDevice | null = null
  /** What could not be had, and whether the reason was there when it was looked for. */
  let denied: { readonly problem: MediaProblem; readonly wanted: Wanted; readonly stands: boolean } | null = null
  const asked = Effect.sync(() => {
    missed = null
    gone = false
    last = null
    denied = null
    return ++wish
  })
  const miss = (track: MediaStreamTrack, wanted: Wanted) => {
    last = { id: track.getSettings().deviceId ?? "", label: track.label }
    // What stood in for another is not waited for.
    missed ??= { device: last, wanted }
  }

  const held = (acquire: Effect.Effect<MediaStreamTrack, MediaProblem>, wanted: Wanted, change: Change | null) =>
    Effect.uninterruptibleMask((restore) =>
      restore(acquire).pipe(Effect.tap((track) => Effect.addFinalizer(() => Effect.sync(() => track.stop()))))
    ).pipe(
      // Before anybody gets it: a muted person stays so when the device changes.
      Effect.tap((track) => Effect.sync(() => apply(track))),
      Effect.tap((track) => watched(track, change, show)),
      Effect.flatMap((track) => Effect.tapError(lost(kind, track), () => Effect.sync(() => miss(track, wanted)))),
      Effect.scoped,
      Effect.catchAll((problem) => {
        denied = { problem, wanted, stands: false }
        return show({ _tag: "Problem", problem })
      }),
      Effect.tap(() => Effect.sync(recheck))
    )

  const start = (acquire: Effect.Effect<MediaStreamTrack, MediaProblem>, wanted: Wanted, change: Change | null) =>
    FiberHandle.clear(handle).pipe(
      Effect.zipRight(show({ _tag: "Opening" })),
      Effect.zipRight(FiberHandle.run(handle, held(acquire, wanted, change))),
      Effect.asVoid
    )

  const hold = (
    own: number,
    acquire: Effect.Effect<MediaStreamTrack, MediaProblem>,
    wanted: Wanted,
    change: Change | null = null
  ) => Effect.suspend(() => (own !== wish ? Effect.void : start(acquire, wanted, change))).pipe(inTurn)

  /** Whether another try can have another answer, as far as can be seen. */
  const isOver = ({ _tag }: MediaProblem, list: ReadonlyArray<Device>): Effect.Effect<boolean> => {
    if (_tag === "PermissionRefused" || _tag === "DeviceLost") return devices.isAllowed(kind)
    return Effect.succeed(_tag === "DeviceMissing" && list.some((device) => device.kind === kind))
  }

  const isShown = (problem: MediaProblem) => {
    const now = state.get()
    return now._tag === "Problem" && now.problem === problem
  }

  const check = Effect.gen(function* () {
    const own = wish
    const list = yield* devices.list
    const before = denied
    if (before !== null && isShown(before.problem) && (yield* devices.isVisible)) {
      const over = yield* isOver(before.problem, list)
      if (own !== wish || denied !== before) return
      if (over && before.stands) return yield* hold(own, devices.open(kind, before.wanted), before.wanted)
      // Where no reason is to be seen, the answer would be the same again.
      denied = { ...before, stands: !over }
    }
    if (missed === null || last === null || own !== wish) return
    const { device, wanted } = missed
    const there = foundAgain(kind, device, list)
    if (there !== undefined && gone) {
      missed = null
      gone = false
      return yield* hold(own, devices.open(kind, { ...wanted, id: there.id, exact: false }), wanted, { _tag: "Back" })
    }
    gone = there === undefined
    const now = state.get()
    const stopped = now._tag === "Problem" && now.problem._tag === "DeviceLost"
    const left = list.some((other) => other.kind === kind)
    if (!stopped || !left || foundAgain(kind, last, list) !== undefined) return
    const change = { _tag: "Instead", of: device.label } as const
    yield* hold(own, devices.open(kind, { ...wanted, id: null, exact: false }), wanted, change)
  }).pipe((yield* Effect.makeSemaphore(1)).withPermits(1))
  const run = Runtime.runFork(yield* Effect.runtime())
  const recheck = () => void run(check)
  yield* devices.watch(recheck)

  const turn = (own: number): Turn => ({
    open: (wanted) => hold(own, devices.open(kind, wanted), wanted),
    adopt: (track, wanted) =>
      hold(own, Effect.succeed(track), wanted).pipe(
        // Something else was asked for meanwhile.
        Effect.ensuring(Effect.sync(() => void (own !== wish && track.stop())))
      )
  })

  return {
    state,
    open: (wanted) => Effect.flatMap(asked, (own) => turn(own).open(wanted)),
    begin: Effect.tap(
      Effect.map(asked, turn),
      Effect.zipRight(FiberHandle.clear(handle), show({ _tag: "Opening" })).pipe(inTurn)
    ),
    reopen: (wanted) =>
      Effect.suspend(() => {
        const now = state.get()
        if (now._tag !== "On") return Effect.void
        if (missed !== null) missed = { ...missed, wanted }
        const same = { ...wanted, id: now.id === "" ? null : now.id, exact: false }
        return start(devices.open(kind, same), wanted, now.change)
      }).pipe(inTurn),
    close: asked.pipe(Effect.zipRight(FiberHandle.clear(handle).pipe(Effect.zipRight(show({ _tag: "Off" })), inTurn))),
    enable: (is) => {
      enabled = is
      const now = state.get()
      if (now._tag === "On") apply(now.track)
    },
    giveUp: () => {
      denied = null
    }
  }
})

/**
 * Opens both with one question to the person. Where that fails each is asked for alone, so that a missing camera does
 * not take the microphone with it, and each says its own problem. One that was closed while the question stood stays
 * closed, whatever the answer.
 */
export const openTogether = Effect.fn("openTogether")(function* (
  camera: Capture,
  microphone: Capture,
  wanted: Readonly<Record<DeviceKind, Wanted>>
) {
  const devices = yield* MediaDevices
  const turns = { camera: yield* camera.begin, microphone: yield* microphone.begin }
  yield* devices.openBoth(wanted.camera, wanted.microphone).pipe(
    Effect.matchEffect({
      onSuccess: (tracks) =>
        Effect.zipRight(
          turns.camera.adopt(tracks.camera, wanted.camera),
          turns.microphone.adopt(tracks.microphone, wanted.microphone)
        ),
      onFailure: () => Effect.zipRight(turns.camera.open(wanted.camera), turns.microphone.open(wanted.microphone))
    })
  )
})
