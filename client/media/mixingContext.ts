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
 * the timer is late for is lost: up to 15 of 100 seconds of sound, measured in Chromium 156 with both cores busy. So that
 * sink takes over only where there is no output, or one that is stuck, and until an output comes or goes.
 */
export const openMixingContext: Effect.Effect<AudioContext, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => {
      const context: WithSinks = new AudioContext()
      const listening = new AbortController()
      /** The sink that was asked for last. What the context has comes after it. */
      let asked: Sink = defaultOutput

      // The system took the sound, as for a phone call, or the output went: some browsers go on only when asked.
      const resume = () => {
        if (context.state === "running" || context.state === "closed") return
        // Refused until a press; whoever owns the context asks again then.
        void context.resume().catch(() => undefined)
      }
      const driveBy = (sink: Sink) => {
        asked = sink
        // Where there is no such output it goes on with the sink that it has.
        const stay = () => {
          asked = context.sinkId ?? defaultOutput
        }
        void context.setSinkId?.(sink).then(resume, stay)
      }

      let heard = Number.NaN
      // One look after the other: a page that is held up has two beats of an interval at once.
      let next: ReturnType<typeof setTimeout>
      const look = () => {
        const isRunning = context.state === "running"
        if (isRunning && asked === defaultOutput && context.currentTime === heard) driveBy(none)
        heard = isRunning ? context.currentTime : Number.NaN
        next = setTimeout(look, patience)
      }
      next = setTimeout(look, patience)
      const { signal } = listening
      context.addEventListener("statechange", resume, { signal })
      context.addEventListener("error", () => driveBy(none), { signal })
      // Pages without https have no devices.
      const devices: MediaDevices | undefined = navigator.mediaDevices
      devices?.addEventListener("devicechange", () => asked !== defaultOutput && driveBy(defaultOutput), { signal })
      const close = () => {
        clearTimeout(next)
        listening.abort()
        return context.close()
      }
      return { context, close }
    }),
    ({ close }) => Effect.ignoreLogged(Effect.tryPromise(close))
  ),
  ({ context }) => context
)
