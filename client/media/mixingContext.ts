import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** `setSinkId` is missing in browsers that know only the default output. */
type WithSinks = AudioContext & { readonly setSinkId?: (sink: { readonly type: "none" }) => Promise<void> }

/**
 * The rate of most devices, in hertz. A headset whose microphone is open plays at a third of it, and the mix would get
 * no more. Browsers that mix only at the rate of their tracks, as Firefox, know no sinks either.
 */
const sampleRate = 48_000

/** An output that takes no sound for this long is stuck: a headset may need a second to begin. */
const stuckAfterMs = 2_000

export interface MixingContext {
  readonly context: AudioContext
  /** It goes on without an output, for good: once there is one again, replace it by another context. */
  readonly outputLost: () => boolean
}

/**
 * A context that plays nothing and mixes what others hear, until the scope closes. The default output drives it, since
 * Chromium then mixes on a thread that no other work delays. With a sink of the type `none` a timer drives it, and
 * sound is lost whenever the timer is late: up to 15 of 100 seconds of sound, measured in Chromium 156 with both cores
 * busy. So that sink is used only if there is no output, or a stuck one. There is no way back: a context that is given
 * another output is driven by a timer after 30 silent seconds (Chromium, `SilentSinkSuspender`), and cancels the echo
 * of that output, whichever plays.
 */
export const openMixingContext: Effect.Effect<MixingContext, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => {
    const context: WithSinks = new AudioContext("setSinkId" in AudioContext.prototype ? { sampleRate } : {})
    const listening = new AbortController()
    let lost = false

    // The system took the sound, as for a phone call, or the output is gone: some browsers resume only when asked.
    const resume = () => {
      if (context.state === "running" || context.state === "closed") return
      // Refused until a press; the owner of the context asks again then.
      void context.resume().catch(() => undefined)
    }
    const dropOutput = () => {
      if (lost || context.setSinkId === undefined) return
      lost = true
      // Refused only by a closed context.
      void context.setSinkId({ type: "none" }).then(resume, () => undefined)
    }

    let lastTime = Number.NaN
    // A new timeout each time: on a page that is held up an interval would fire twice at once.
    let next: ReturnType<typeof setTimeout>
    const check = () => {
      const { currentTime, state } = context
      // A context that waits for the first press is not stuck.
      const mayRun = state === "running" || navigator.userActivation?.hasBeenActive === true
      if (mayRun && currentTime === lastTime) dropOutput()
      lastTime = mayRun ? currentTime : Number.NaN
      next = setTimeout(check, stuckAfterMs)
    }
    next = setTimeout(check, stuckAfterMs)
    const { signal } = listening
    context.addEventListener("statechange", resume, { signal })
    context.addEventListener("error", dropOutput, { signal })
    const close = () => {
      clearTimeout(next)
      listening.abort()
      return context.close()
    }
    return { context, outputLost: () => lost, close }
  }),
  ({ close }) => Effect.ignoreLogged(Effect.tryPromise(close))
)
