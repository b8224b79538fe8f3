import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"

/** What is shared of this screen. */
export type ScreenState =
  | { readonly _tag: "Off" }
  /** The browser is asking what to share. */
  | { readonly _tag: "Asking" }
  | { readonly _tag: "On"; readonly track: MediaStreamTrack }
  /** The person, the browser or the system said no. */
  | { readonly _tag: "Refused" }

export interface Screen {
  readonly state: Observable<ScreenState>
  /** To be called in the handler of a press: the browser asks what to share. */
  readonly open: Effect.Effect<void>
  readonly close: Effect.Effect<void>
}

/** Phones share no screen. */
export const canShareScreen = (): boolean => navigator.mediaDevices?.getDisplayMedia !== undefined

/** Text has to be sharp, and need not move fast. */
const wanted: DisplayMediaStreamOptions = { video: { frameRate: { max: 15 } }, audio: false }

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
    if (now._tag === "On") now.track.stop()
    state.set({ _tag: "Off" })
  }
  yield* Effect.addFinalizer(() => Effect.sync(stop))

  const open = Effect.promise(async () => {
    stop()
    const own = ++turn
    state.set({ _tag: "Asking" })
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(wanted)
      const [track] = stream.getVideoTracks()
      if (track === undefined || own !== turn) {
        for (const unwanted of stream.getTracks()) unwanted.stop()
        return
      }
      track.contentHint = "detail"
      track.addEventListener("ended", () => {
        if (own === turn) state.set({ _tag: "Off" })
      })
      state.set({ _tag: "On", track })
    } catch (cause) {
      if (own === turn) state.set({ _tag: isChangeOfMind(cause) ? "Off" : "Refused" })
    }
  })

  return { state, open, close: Effect.sync(stop) }
})
