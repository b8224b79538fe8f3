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

/** The state of one camera or one microphone. */
export type CaptureState =
  /** Nothing is open; the device's lamp is out. */
  | { readonly _tag: "Off" }
  /** The browser is asking the person, or starting the device. */
  | { readonly _tag: "Opening" }
  /**
   * `id` is the device's own, whatever was asked for. `silent`: it delivers nothing now, as while a phone call has it.
   * `change`: why it is this device, if nobody asked for it.
   */
  | {
      readonly _tag: "On"
      readonly track: MediaStreamTrack
      readonly id: string
      readonly silent: boolean
      readonly change: Change | null
    }
  | { readonly _tag: "Problem"; readonly problem: MediaProblem }

/** `Instead`: device `of` was unplugged, and this one replaces it. `Back`: it was plugged in again. */
export type Change = { readonly _tag: "Instead"; readonly of: string } | { readonly _tag: "Back" }

/** Holds at most one device of its kind. Closing the scope it was made in stops the device. */
export interface Capture {
  readonly state: Observable<CaptureState>
  /** Stops what is open, then opens another. The latest call wins. */
  readonly open: (wanted: Wanted) => Effect.Effect<void>
  /** Shows `Opening` before anything is requested. Any later request outdates the turn. */
  readonly begin: Effect.Effect<Turn>
  /**
   * Opens the same device again, with another shape. A device that it replaces is still taken again when it is back.
   */
  readonly reopen: (wanted: Wanted) => Effect.Effect<void>
  readonly close: Effect.Effect<void>
  /**
   * Turns the tracks of now and of later on or off, while the device stays open. Opening it again for each word would
   * lose the first of them, and switch a headset's profile.
   */
  readonly enable: (enabled: boolean) => void
  /** Does not open by itself what could not be opened, even when the reason is gone. */
  readonly giveUp: () => void
}

/** A request that was begun; it is void if something else was requested since. */
interface Turn {
  readonly open: (wanted: Wanted) => Effect.Effect<void>
  /** Takes over a track that is open already; or stops it, if the turn is outdated. */
  readonly adopt: (track: MediaStreamTrack, wanted: Wanted) => Effect.Effect<void>
}

/** Fails when the device stops by itself. A track that this page stops fires no event. */
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
 * The old device is always stopped before the new one is opened: iOS mutes the first of two captures, and many cameras
 * serve only one reader. A device that is unplugged is replaced by the system's own, and taken again when it is plugged
 * in. One that stops while it is still plugged in was taken by somebody, and is left to them. A device that could
 * not be opened is opened once the reason is gone: the person has plugged in the first one, or allowed it in the
 * browser's settings. A hidden tab waits with that until it is visible: the change may be meant for another page.
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

  /** Counts requests: what was begun for an earlier one is given up. */
  let request = 0
  /**
   * The device to take again when it is plugged in, whether it was gone meanwhile, and the device that stopped last.
   */
  let missed: { readonly device: MissedDevice; readonly wanted: Wanted } | null = null
  let gone = false
  let last: MissedDevice | null = null
  /** What could not be opened, and whether the reason was still visible at the last check. */
  let denied: { readonly problem: MediaProblem; readonly wanted: Wanted; readonly reasonVisible: boolean } | null = null
  const newRequest = Effect.sync(() => {
    missed = null
    gone = false
    last = null
    denied = null
    return ++request
  })
  const miss = (track: MediaStreamTrack, wanted: Wanted) => {
    last = { id: track.getSettings().deviceId ?? "", label: track.label }
    // A replacement is not waited for.
    missed ??= { device: last, wanted }
  }

  const held = (acquire: Effect.Effect<MediaStreamTrack, MediaProblem>, wanted: Wanted, change: Change | null) =>
    Effect.uninterruptibleMask((restore) =>
      restore(acquire).pipe(Effect.tap((track) => Effect.addFinalizer(() => Effect.sync(() => track.stop()))))
    ).pipe(
      // Before anybody gets the track: a muted person stays muted when the device changes.
      Effect.tap((track) => Effect.sync(() => apply(track))),
      Effect.tap((track) => watched(track, change, show)),
      Effect.flatMap((track) => Effect.tapError(lost(kind, track), () => Effect.sync(() => miss(track, wanted)))),
      Effect.scoped,
      Effect.catchAll((problem) => {
        denied = { problem, wanted, reasonVisible: false }
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
    ownRequest: number,
    acquire: Effect.Effect<MediaStreamTrack, MediaProblem>,
    wanted: Wanted,
    change: Change | null = null
  ) => Effect.suspend(() => (ownRequest !== request ? Effect.void : start(acquire, wanted, change))).pipe(inTurn)

  /** Whether another try may succeed, as far as can be seen. */
  const isOver = ({ _tag }: MediaProblem, list: ReadonlyArray<Device>): Effect.Effect<boolean> => {
    if (_tag === "PermissionRefused" || _tag === "DeviceLost") return devices.isAllowed(kind)
    return Effect.succeed(_tag === "DeviceMissing" && list.some((device) => device.kind === kind))
  }

  const isShown = (problem: MediaProblem) => {
    const now = state.get()
    return now._tag === "Problem" && now.problem === problem
  }

  const check = Effect.gen(function* () {
    const ownRequest = request
    const list = yield* devices.list
    const before = denied
    if (before !== null && isShown(before.problem) && (yield* devices.isVisible)) {
      const reasonGone = yield* isOver(before.problem, list)
      if (ownRequest !== request || denied !== before) return
      if (reasonGone && before.reasonVisible)
        return yield* hold(ownRequest, devices.open(kind, before.wanted), before.wanted)
      // If no reason is visible, the answer would be the same again.
      denied = { ...before, reasonVisible: !reasonGone }
    }
    if (missed === null || last === null || ownRequest !== request) return
    const { device, wanted } = missed
    const found = foundAgain(kind, device, list)
    if (found !== undefined && gone) {
      missed = null
      gone = false
      return yield* hold(ownRequest, devices.open(kind, { ...wanted, id: found.id, exact: false }), wanted, {
        _tag: "Back"
      })
    }
    gone = found === undefined
    const now = state.get()
    const stopped = now._tag === "Problem" && now.problem._tag === "DeviceLost"
    const isAnyPresent = list.some((other) => other.kind === kind)
    if (!stopped || !isAnyPresent || foundAgain(kind, last, list) !== undefined) return
    const change = { _tag: "Instead", of: device.label } as const
    yield* hold(ownRequest, devices.open(kind, { ...wanted, id: null, exact: false }), wanted, change)
  }).pipe((yield* Effect.makeSemaphore(1)).withPermits(1))
  const run = Runtime.runFork(yield* Effect.runtime())
  const recheck = () => void run(check)
  yield* devices.watch(recheck)

  const turn = (ownRequest: number): Turn => ({
    open: (wanted) => hold(ownRequest, devices.open(kind, wanted), wanted),
    adopt: (track, wanted) =>
      hold(ownRequest, Effect.succeed(track), wanted).pipe(
        // Something else was requested meanwhile.
        Effect.ensuring(Effect.sync(() => void (ownRequest !== request && track.stop())))
      )
  })

  return {
    state,
    open: (wanted) => Effect.flatMap(newRequest, (ownRequest) => turn(ownRequest).open(wanted)),
    begin: Effect.tap(
      Effect.map(newRequest, turn),
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
    close: newRequest.pipe(
      Effect.zipRight(FiberHandle.clear(handle).pipe(Effect.zipRight(show({ _tag: "Off" })), inTurn))
    ),
    enable: (isEnabled) => {
      enabled = isEnabled
      const now = state.get()
      if (now._tag === "On") apply(now.track)
    },
    giveUp: () => {
      denied = null
    }
  }
})

/**
 * Opens both with one question to the person. If that fails, each is opened by itself, so that a missing camera does
 * not cost the microphone, and each reports its own problem. One that was closed while the browser asked stays closed,
 * whatever the answer.
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
