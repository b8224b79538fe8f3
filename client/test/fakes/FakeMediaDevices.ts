/** Cameras and microphones without a browser. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Capture } from "../../media/Capture.js"
import {
  type Device,
  type DeviceKind,
  DeviceMissing,
  MediaDevices,
  type MediaProblem,
  type SoundShape,
  type Wanted
} from "../../media/MediaDevices.js"

/** Any device. */
export const anyDevice: Wanted = { id: null, exact: false }
/** Exactly this device. */
export const onlyDevice = (id: string): Wanted => ({ id, exact: true })

/** The state of a capture, or its problem. */
export const tagOf = ({ state }: Capture) => {
  const now = state.get()
  return now._tag === "Problem" ? now.problem._tag : now._tag
}

export const camera = (id: string): Device => ({ kind: "camera", id, label: id })
export const microphone = (id: string): Device => ({ kind: "microphone", id, label: id })

/** A track that was opened, and whether it still runs. */
export class FakeTrack extends EventTarget {
  readonly kind: string
  readyState: MediaStreamTrackState = "live"
  enabled = true
  muted = false
  constructor(
    readonly device: DeviceKind,
    readonly id: string,
    readonly label: string,
    readonly shape: SoundShape | undefined
  ) {
    super()
    this.kind = device === "camera" ? "video" : "audio"
  }
  getSettings() {
    return { deviceId: this.id }
  }
  stop() {
    this.readyState = "ended"
  }
  /** Ends as by a pulled cable. */
  unplug() {
    this.stop()
    this.dispatchEvent(new Event("ended"))
  }
  /** Falls silent, or sounds again, as when a phone call takes the microphone. */
  silence(muted: boolean) {
    this.muted = muted
    this.dispatchEvent(new Event(muted ? "mute" : "unmute"))
  }
}

export class FakeDevices extends Context.Tag("FakeDevices")<
  FakeDevices,
  {
    /** What is plugged in. */
    present: ReadonlyArray<Device>
    /** Why the next opening fails, first come first served. */
    readonly problems: Array<MediaProblem>
    /** Whether the page may open devices without a question, as the browser reports. */
    allowed: boolean
    /** Whether the page is visible. */
    visible: boolean
    /** Ends when the person answers the browser's question. */
    answer: Effect.Effect<void>
    /** Every track that was opened, oldest first. */
    readonly opened: Array<FakeTrack>
    /** The ids of the tracks that run. */
    readonly running: () => ReadonlyArray<string>
    /** Reports that a device came or went. */
    readonly change: () => void
    /** How many listen for changes. */
    readonly watching: () => number
  }
>() {}

export const FakeMediaDevices = Layer.effectContext(
  Effect.sync(() => {
    const watchers = new Set<() => void>()
    const fake: Context.Tag.Service<FakeDevices> = {
      present: [],
      problems: [],
      allowed: true,
      visible: true,
      answer: Effect.void,
      opened: [],
      running: () => fake.opened.filter((track) => track.readyState === "live").map((track) => track.id),
      change: () => {
        for (const changed of watchers) changed()
      },
      watching: () => watchers.size
    }
    const answered = Effect.suspend(() => fake.answer)
    const open = (kind: DeviceKind, { id, shape }: Wanted) =>
      Effect.suspend(() => {
        const problem = fake.problems.shift()
        if (problem !== undefined) return Effect.fail(problem)
        const found = fake.present.find((device) => device.kind === kind && (id === null || device.id === id))
        if (found === undefined) return Effect.fail(new DeviceMissing({ kind }))
        const track = new FakeTrack(kind, found.id, found.label, shape)
        fake.opened.push(track)
        // The fake has all parts of a track that the port uses.
        return Effect.succeed(track as unknown as MediaStreamTrack)
      })
    return Context.make(MediaDevices, {
      list: Effect.sync(() => fake.present),
      isAllowed: () => Effect.sync(() => fake.allowed),
      isVisible: Effect.sync(() => fake.visible),
      watch: (changed) =>
        Effect.acquireRelease(
          Effect.sync(() => watchers.add(changed)),
          () => Effect.sync(() => watchers.delete(changed))
        ),
      open: (kind, wanted) => Effect.zipRight(answered, open(kind, wanted)),
      openBoth: (camera, microphone) =>
        Effect.zipRight(
          answered,
          Effect.all({ camera: open("camera", camera), microphone: open("microphone", microphone) })
        )
    }).pipe(Context.add(FakeDevices, fake))
  })
)

/** Lets the fiber of a capture settle. */
export const settled = Effect.yieldNow().pipe(Effect.repeatN(20))
