import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"

/** What is shared of this screen. */
export type ScreenState =
  | { readonly _tag: "Off" }
  /** The browser is asking what to share. */
  | { readonly _tag: "Asking" }
  /** `sound`: of what is shared, where the browser gives it and the person has allowed it. */
  | { readonly _tag: "On"; readonly track: MediaStreamTrack; readonly sound: MediaStreamTrack | null }
  /** The person, the browser or the system said no. */
  | { readonly _tag: "Refused" }

/** Sharing of this screen. */
export interface Screen {
  readonly state: Observable<ScreenState>
  /** To be called in the handler of a press: the browser asks what to share. */
  readonly open: Effect.Effect<void>
  readonly close: Effect.Effect<void>
}

/** Phones share no screen. */
export const canShareScreen = (): boolean => navigator.mediaDevices?.getDisplayMedia !== undefined

/** What newer browsers know of, and others ignore: W3C Screen Capture, `DisplayMediaStreamOptions`. */
interface ScreenWanted extends DisplayMediaStreamOptions {
  readonly systemAudio: "include" | "exclude"
  readonly audio: MediaTrackConstraints & {
    readonly restrictOwnAudio: boolean
    readonly suppressLocalAudioPlayback: boolean
  }
}

/**
 * A film has up to 30 frames a second. A page of text that stands has next to none, and where there is too little for both
 * the encoder gives frames (see `rtc/quality/adaptation.ts`). The sound is taken as it is, and goes on at the person's own
 * loudspeaker. That of the whole system has the voices of this page in it: without a browser that keeps them out, all would
 * hear themselves.
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

/** Somebody who closes the browser's question has changed their mind, which is no trouble; the system's refusal is. */
const isChangeOfMind = (cause: unknown) =>
  cause instanceof DOMException && cause.name === "NotAllowedError" && !/system/i.test(cause.message)

/** The screen of this browser. It stops when the scope closes, or when the browser's own button ends it. */
export const makeScreen: Effect.Effect<Screen, never, Scope.Scope> = Effect.gen(function* () {
  const state = makeObservable<ScreenState>({ _tag: "Off" })
  let turn = 0
  const stop = () => {
    turn++
    const now = state.get()
    if (now._tag === "On") for (const track of [now.track, now.sound]) track?.stop()
    state.set({ _tag: "Off" })
  }
  yield* Effect.addFinalizer(() => Effect.sync(stop))

  const open = Effect.promise(async () => {
    stop()
    const own = ++turn
    state.set({ _tag: "Asking" })
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(wanted())
      const [track] = stream.getVideoTracks()
      const [sound = null] = stream.getAudioTracks()
      if (track === undefined || own !== turn) {
        for (const unwanted of stream.getTracks()) unwanted.stop()
        return
      }
      track.contentHint = "detail"
      track.addEventListener("ended", () => {
        if (own === turn) stop()
      })
      sound?.addEventListener("ended", () => {
        if (own === turn) state.set({ _tag: "On", track, sound: null })
      })
      state.set({ _tag: "On", track, sound })
    } catch (cause) {
      if (own === turn) state.set({ _tag: isChangeOfMind(cause) ? "Off" : "Refused" })
    }
  })

  return { state, open, close: Effect.sync(stop) }
})
