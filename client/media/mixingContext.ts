import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

type Sink = "" | { readonly type: "none" }

/** Browsers that know no sink but the default output have neither. */
type WithSinks = AudioContext & { readonly sinkId?: Sink; readonly setSinkId?: (sink: Sink) => Promise<void> }

const defaultOutput: Sink = ""
const none: Sink = { type: "none" }

/** An output that takes no sound for so long is stuck, in milliseconds: a headset may need a second to begin. */
const patience = 2_000

/**
 * A context that plays nothing and mixes what others hear, until the scope closes. The default output drives it, since
 * Chromium then mixes on a thread that no other work holds up. With a sink of the type `none` a timer drives it, and what
 * the timer is late for is lost: measured on a machine whose cores are busy, 15 of 100 seconds of sound. So that sink takes
 * over only where there is no output, or one that is stuck, and until an output comes or goes.
 */
export const openMixingContext: Effect.Effect<AudioContext, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => {
      const context: WithSinks = new AudioContext()
      const listening = new AbortController()
      const hasOutput = () => (context.sinkId ?? defaultOutput) === defaultOutput

      // The system took the sound, as for a phone call, or the output went: some browsers go on only when asked.
      const resume = () => {
        if (context.state === "running" || context.state === "closed") return
        // Refused until a press; whoever owns the context asks again then.
        void context.resume().catch(() => undefined)
      }
      // Where there is no output it goes on with the sink that it has.
      const driveBy = (sink: Sink) => void context.setSinkId?.(sink).then(resume, () => undefined)

      let heard = Number.NaN
      const look = setInterval(() => {
        if (context.state === "running" && hasOutput() && context.currentTime === heard) driveBy(none)
        heard = context.currentTime
      }, patience)
      const { signal } = listening
      context.addEventListener("statechange", resume, { signal })
      context.addEventListener("error", () => driveBy(none), { signal })
      // Pages without https have no devices.
      const devices: MediaDevices | undefined = navigator.mediaDevices
      devices?.addEventListener("devicechange", () => !hasOutput() && driveBy(defaultOutput), { signal })
      const close = () => {
        clearInterval(look)
        listening.abort()
        return context.close()
      }
      return { context, close }
    }),
    ({ close }) => Effect.ignoreLogged(Effect.tryPromise(close))
  ),
  ({ context }) => context
)
