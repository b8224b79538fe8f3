import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import {
  CaptureFailed,
  type Device,
  DeviceBusy,
  type DeviceKind,
  DeviceMissing,
  DeviceUnsuitable,
  type MediaDevices,
  type MediaProblem,
  PageInsecure,
  PermissionRefused,
  type Wanted
} from "./MediaDevices.js"

/** The errors of getUserMedia: W3C Media Capture and Streams, section 10.3. Older names are those of older Chromes. */
const problemOf = (kind: DeviceKind, cause: unknown): MediaProblem => {
  switch (cause instanceof Error ? cause.name : "") {
    case "NotFoundError":
      return new DeviceMissing({ kind })
    case "NotAllowedError":
    case "SecurityError":
      return new PermissionRefused({ kind })
    case "NotReadableError":
    case "TrackStartError":
      return new DeviceBusy({ kind })
    case "OverconstrainedError":
      return new DeviceUnsuitable({ kind })
    default:
      return new CaptureFailed({ kind, cause })
  }
}

/** Exact even if another will do: an ideal id loses to a camera that is nearer to the ideal size. */
const device = ({ id }: Wanted) => (id === null ? {} : { deviceId: { exact: id } })

const anyDevice = (wanted: Wanted): Wanted => ({ ...wanted, id: null, exact: false })

const cameraConstraints = (wanted: Wanted): MediaTrackConstraints => ({
  ...device(wanted),
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 }
})

/** A voice is mono, because browsers cancel echoes only on one channel. */
const microphoneConstraints = (wanted: Wanted): MediaTrackConstraints => {
  const { denoised, original } = wanted.shape ?? { original: false, denoised: true }
  return {
    ...device(wanted),
    echoCancellation: !original,
    noiseSuppression: !original && denoised,
    autoGainControl: !original,
    channelCount: { ideal: original ? 2 : 1 }
  }
}

/** Tells the encoder of a connection what it encodes: see `audioEncodingFor`. */
const hinted = (track: MediaStreamTrack, { shape }: Wanted): MediaStreamTrack => {
  if (track.kind === "audio") track.contentHint = shape?.original === true ? "music" : "speech"
  return track
}

/** Undefined on a page that is not secure, whatever the DOM types say. */
const browser = (): globalThis.MediaDevices | undefined => navigator.mediaDevices

const capture = (kind: DeviceKind, constraints: MediaStreamConstraints) =>
  Effect.async<MediaStream, MediaProblem>((resume, signal) => {
    const devices = browser()
    if (devices === undefined) return resume(Effect.fail(new PageInsecure({ kind })))
    devices.getUserMedia(constraints).then(
      (stream) => {
        if (!signal.aborted) return resume(Effect.succeed(stream))
        for (const track of stream.getTracks()) track.stop()
      },
      (cause: unknown) => resume(Effect.fail(problemOf(kind, cause)))
    )
  })

const trackOf = (kind: DeviceKind, stream: MediaStream) => {
  const [track] = kind === "camera" ? stream.getVideoTracks() : stream.getAudioTracks()
  return track === undefined ? Effect.fail(new DeviceMissing({ kind })) : Effect.succeed(track)
}

const deviceOf = ({ deviceId, kind, label }: MediaDeviceInfo): ReadonlyArray<Device> => {
  switch (kind) {
    case "videoinput":
      return [{ kind: "camera", id: deviceId, label }]
    case "audioinput":
      return [{ kind: "microphone", id: deviceId, label }]
    case "audiooutput":
      return [{ kind: "speaker", id: deviceId, label }]
    default:
      return []
  }
}

const list = Effect.tryPromise(async () => (await browser()?.enumerateDevices()) ?? []).pipe(
  Effect.map((infos) => infos.flatMap(deviceOf)),
  Effect.orElseSucceed((): ReadonlyArray<Device> => [])
)

/** Fails if the browser does not support the query, as Firefox before 126. */
const permission = (kind: DeviceKind) => Effect.tryPromise(() => navigator.permissions.query({ name: kind }))

const listen = (target: EventTarget | undefined, event: string, changed: () => void) =>
  Effect.acquireRelease(
    Effect.sync(() => target?.addEventListener(event, changed)),
    () => Effect.sync(() => target?.removeEventListener(event, changed))
  )

const watch = (changed: () => void) =>
  Effect.zipRight(
    Effect.zipRight(listen(browser(), "devicechange", changed), listen(document, "visibilitychange", changed)),
    Effect.forEach(["camera", "microphone"] as const, (kind) =>
      permission(kind).pipe(
        Effect.flatMap((status) => listen(status, "change", changed)),
        Effect.ignore
      )
    ).pipe(Effect.forkScoped, Effect.asVoid)
  )

/** The devices of the browser that shows this page. */
export const browserMediaDevices: Context.Tag.Service<MediaDevices> = {
  list,
  isAllowed: (kind) =>
    permission(kind).pipe(
      Effect.map(({ state }) => state === "granted"),
      Effect.orElseSucceed(() => false)
    ),
  isVisible: Effect.sync(() => document.visibilityState === "visible"),
  watch,
  open: (kind, wanted) => {
    const open = (choice: Wanted) =>
      capture(kind, kind === "camera" ? { video: cameraConstraints(choice) } : { audio: microphoneConstraints(choice) })
    return open(wanted).pipe(
      Effect.catchTag("DeviceUnsuitable", (problem) => (wanted.exact ? Effect.fail(problem) : open(anyDevice(wanted)))),
      Effect.flatMap((stream) => trackOf(kind, stream)),
      Effect.map((track) => hinted(track, wanted))
    )
  },
  openBoth: (camera, microphone) => {
    const open = (video: Wanted, audio: Wanted) =>
      capture("camera", { video: cameraConstraints(video), audio: microphoneConstraints(audio) })
    return open(camera, microphone).pipe(
      Effect.catchTag("DeviceUnsuitable", () => open(anyDevice(camera), anyDevice(microphone))),
      Effect.flatMap((stream) =>
        Effect.all({ camera: trackOf("camera", stream), microphone: trackOf("microphone", stream) })
      ),
      Effect.tap((tracks) => Effect.sync(() => hinted(tracks.microphone, microphone)))
    )
  }
}
