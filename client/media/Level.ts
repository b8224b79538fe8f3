import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"
import { makeLoudnessOf } from "./loudness.js"
import { onPress } from "./presses.js"

/** A context that only measures needs no sound output. Browsers without such a sink ignore the option. */
const silent: AudioContextOptions & { readonly sinkId: { readonly type: "none" } } = { sinkId: { type: "none" } }

/** Between two measurements. */
const intervalMs = 66

/** How loud a track is, 0 to 1, for as long as the scope is open. */
export const levelOf = (track: MediaStreamTrack): Effect.Effect<Observable<number>, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const context = new AudioContext(silent)
      const analyser = new AnalyserNode(context, { fftSize: 1024 })
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
      const level = makeObservable(0)
      const loudnessOf = makeLoudnessOf()
      const timer = setInterval(() => level.set(loudnessOf(analyser)), intervalMs)
      // Some browsers start it only once the person has touched the page.
      const wake = () => void context.resume().catch(() => undefined)
      const forget = onPress(wake)
      const close = () => {
        clearInterval(timer)
        forget()
        return context.close()
      }
      return { level, close }
    }),
    ({ close }) => Effect.ignoreLogged(Effect.tryPromise(close))
  ).pipe(Effect.map(({ level }) => level))
