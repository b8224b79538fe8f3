import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"

/** The state of sharing this screen. */
export type ScreenState =
  | { readonly _tag: "Off" }
  /** The browser is asking what to share. */
  | { readonly _tag: "Asking" }
  /** `sound`: that of what is shared, if the browser provides it and the person has allowed it. */
  | { readonly _tag: "On"; readonly track: MediaStreamTrack; readonly sound: MediaStreamTrack | null }
  /** The person, the browser or the system refused. */
  | { readonly _tag: "Refused" }

/** Sharing of this screen. */
export interface Screen {
  readonly state: Observable<ScreenState>
  /** To be called in the handler of a press: the browser asks what to share. */
  readonly open: Effect.Effect<void>
  readonly close: Effect.Effect<void>
}

/** Whether this browser can share a screen: those of phones cannot. */
export const canShareScreen = (): boolean => navigator.mediaDevices?.getDisplayMedia !== undefined

/** Options that newer browsers know, and others ignore: W3C Screen Capture, `DisplayMediaStreamOptions`. */
interface ScreenWanted extends DisplayMediaStreamOptions {
  readonly systemAudio: "include" | "exclude"
  readonly audio: MediaTrackConstraints & {
    readonly restrictOwnAudio: boolean
    readonly suppressLocalAudioPlayback: boolean
  }
}

/**
 * A film has up to 30 frames a second, a page of text at rest next to none; on a thin line the encoder gives up frames
 * (see `rtc/quality/encoderLimits.ts`). The sound is captured unprocessed, and still plays at the person's own
 * loudspeaker. The sound of the whole system has the voices of this page in it: it is offered only in browsers that
 * keep them out, or all would hear themselves.
 */
const wanted = (): ScreenWanted => ({
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 30, max: 30 } },
  audio: {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    restrictOwnAudio: true,
    suppressLocalAudioPlayback: false
  },
  systemAudio: "restrictOwnAudio" in navigator.mediaDevices.getSupportedConstraints() ? "include" : "exclude"
})

/** Closing the browser's question is a change of mind, and no problem; a refusal of the system is one. */
const isChangeOfMind = (cause: unknown) =>
  cause instanceof DOMException && cause.name === "NotAllowedError" && !/system/i.test(cause.message)

/** The screen of this browser. It stops when the scope closes, or when the browser's own button ends it. */
export const makeScreen: Effect.Effect<Screen, never, Scope.Scope> = Effect.gen(function* () {
  const state = makeObservable<ScreenState>({ _tag: "Off" })
  let turn = 0
  const stop = () => {
    turn++
    const current = state.get()
    if (current._tag === "On") for (const track of [current.track, current.sound]) track?.stop()
    state.set({ _tag: "Off" })
  }
  yield* Effect.addFinalizer(() => Effect.sync(stop))

  const open = Effect.promise(async () => {
    stop()
    const ownTurn = ++turn
    state.set({ _tag: "Asking" })
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(wanted())
      const [track] = stream.getVideoTracks()
      const [sound = null] = stream.getAudioTracks()
      if (track === undefined || ownTurn !== turn) {
        for (const unwanted of stream.getTracks()) unwanted.stop()
        return
      }
      track.contentHint = "detail"
      track.addEventListener("ended", () => {
        if (ownTurn === turn) stop()
      })
      sound?.addEventListener("ended", () => {
        if (ownTurn === turn) state.set({ _tag: "On", track, sound: null })
      })
      state.set({ _tag: "On", track, sound })
    } catch (cause) {
      if (ownTurn === turn) state.set({ _tag: isChangeOfMind(cause) ? "Off" : "Refused" })
    }
  })

  return { state, open, close: Effect.sync(stop) }
})
