import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** `setSinkId` is missing in browsers that know no sink but the default output. */
type WithSinks = AudioContext & { readonly setSinkId?: (sink: { readonly type: "none" }) => Promise<void> }

/**
 * That of most devices. A headset whose microphone is open plays at a third of it, and all that is mixed would have no more.
 * Browsers that mix at the rate of their tracks alone, as Firefox, know no sinks either.
 */
const sampleRate = 48_000

/** An output that takes no sound for so long is stuck, in milliseconds: a headset may need a second to begin. */
const patience = 2_000

export interface MixingContext {
  readonly context: AudioContext
  /** It goes on without an output, for good: where there is one again, another context is to take its place. */
  readonly outputLost: () => boolean
}

/**
 * A context that plays nothing and mixes what others hear, until the scope closes. The default output drives it, since
 * Chromium then mixes on a thread that no other work holds up. With a sink of the type `none` a timer drives it, and what
 * the timer is late for is lost: up to 15 of 100 seconds of sound, measured in Chromium 156 with both cores busy. So that
 * sink takes over only where there is no output, or one that is stuck. There is no way back: a context that is given another
 * output is driven by a timer after 30 silent seconds (Chromium, `SilentSinkSuspender`), and cancels the echo of that output,
 * whichever plays.
 */
export const openMixingContext: Effect.Effect<MixingContext, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => {
    const context: WithSinks = new AudioContext("setSinkId" in AudioContext.prototype ? { sampleRate } : {})
    const listening = new AbortController()
    let lost = false

    // The system took the sound, as for a phone call, or the output went: some browsers go on only when asked.
    const resume = () => {
      if (context.state === "running" || context.state === "closed") return
      // Refused until a press; whoever owns the context asks again then.
      void context.resume().catch(() => undefined)
    }
    const goWithout = () => {
      if (lost || context.setSinkId === undefined) return
      lost = true
      // Refused to a closed context alone.
      void context.setSinkId({ type: "none" }).then(resume, () => undefined)
    }

    let heard = Number.NaN
    // One look after the other: a page that is held up has two beats of an interval at once.
    let next: ReturnType<typeof setTimeout>
    const look = () => {
      const { currentTime, state } = context
      // One that waits for the first press is not stuck.
      const mayRun = state === "running" || navigator.userActivation?.hasBeenActive === true
      if (mayRun && currentTime === heard) goWithout()
      heard = mayRun ? currentTime : Number.NaN
      next = setTimeout(look, patience)
    }
    next = setTimeout(look, patience)
    const { signal } = listening
    context.addEventListener("statechange", resume, { signal })
    context.addEventListener("error", goWithout, { signal })
    const close = () => {
      clearTimeout(next)
      listening.abort()
      return context.close()
    }
    return { context, outputLost: () => lost, close }
  }),
  ({ close }) => Effect.ignoreLogged(Effect.tryPromise(close))
)
