import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Devices that can be opened; a speaker is only picked. */
export type DeviceKind = "camera" | "microphone"

/** A device as the browser names it. Before permission is given `id` and `label` are empty. */
export interface Device {
  readonly kind: DeviceKind | "speaker"
  readonly id: string
  readonly label: string
}

/** What is done to a microphone's sound before it is sent. */
export interface SoundShape {
  /** As it comes, in stereo: no echo cancellation, noise suppression or gain control. For music, with headphones. */
  readonly original: boolean
  /** Noise is suppressed, unless the sound is the original one. */
  readonly denoised: boolean
}

/** Which device to open. `id` null: the browser's own choice. `exact`: this one or none; else another if it is gone. */
export interface Wanted {
  readonly id: string | null
  readonly exact: boolean
  /** Of a microphone. Left out: what is best for a voice. */
  readonly shape?: SoundShape
}

/** There is no such device, or it was unplugged. */
export class DeviceMissing extends Data.TaggedError("DeviceMissing")<{ readonly kind: DeviceKind }> {}

/** The person, the browser or the system refused. */
export class PermissionRefused extends Data.TaggedError("PermissionRefused")<{ readonly kind: DeviceKind }> {}

/** Another program holds the device. */
export class DeviceBusy extends Data.TaggedError("DeviceBusy")<{ readonly kind: DeviceKind }> {}

/** The requested device cannot deliver what was requested. */
export class DeviceUnsuitable extends Data.TaggedError("DeviceUnsuitable")<{ readonly kind: DeviceKind }> {}

/** The page did not come over https or from localhost, so the browser shows it no devices. */
export class PageInsecure extends Data.TaggedError("PageInsecure")<{ readonly kind: DeviceKind }> {}

/** The device stopped by itself: unplugged, or permission was taken back. */
export class DeviceLost extends Data.TaggedError("DeviceLost")<{ readonly kind: DeviceKind }> {}

/** Anything else. `cause` is the browser's own error. */
export class CaptureFailed extends Data.TaggedError("CaptureFailed")<{
  readonly kind: DeviceKind
  readonly cause: unknown
}> {}

/** Why a device is not open. */
export type MediaProblem =
  | DeviceMissing
  | PermissionRefused
  | DeviceBusy
  | DeviceUnsuitable
  | PageInsecure
  | DeviceLost
  | CaptureFailed

/** The browser's cameras and microphones. The caller stops what it opens. */
export class MediaDevices extends Context.Tag("MediaDevices")<
  MediaDevices,
  {
    /** The present devices; empty if the page may not list them. */
    readonly list: Effect.Effect<ReadonlyArray<Device>>
    /** Whether the page may open such a device without a question. False if the browser does not tell. */
    readonly isAllowed: (kind: DeviceKind) => Effect.Effect<boolean>
    /** Whether the page's tab is visible. */
    readonly isVisible: Effect.Effect<boolean>
    /**
     * Calls `changed` whenever a device comes or goes, a permission changes, or the tab is shown or hidden, until the
     * scope closes.
     */
    readonly watch: (changed: () => void) => Effect.Effect<void, never, Scope.Scope>
    /** Opens one device. Interrupted while the browser asks: a late answer is stopped at once. */
    readonly open: (kind: DeviceKind, wanted: Wanted) => Effect.Effect<MediaStreamTrack, MediaProblem>
    /** Opens both with one question to the person. Fails if either cannot be opened. */
    readonly openBoth: (
      camera: Wanted,
      microphone: Wanted
    ) => Effect.Effect<Readonly<Record<DeviceKind, MediaStreamTrack>>, MediaProblem>
  }
>() {}
