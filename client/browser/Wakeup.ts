import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { sleepInterval, sleepLeap } from "./timings.js"

/**
 * `online`: the network changed or came back. `visible`: somebody looks at the page again, or it was thawed. `slept`:
 * the machine was asleep.
 */
export type Wake = "online" | "visible" | "slept"

/** Events of the browser after which a retry may succeed: a running timer is worth cutting short. */
export class Wakeup extends Context.Tag("Wakeup")<
  Wakeup,
  {
    /** Ends at the next wake. Only wakes after this began count. */
    readonly next: Effect.Effect<Wake>
  }
>() {
  /**
   * Listens to `online`, `visibilitychange`, `pageshow` (back from the back-forward cache) and `resume` (Page
   * Lifecycle), and detects sleep, of which browsers report nothing.
   */
  static readonly Browser = Layer.sync(Wakeup, () => ({
    next: Effect.raceFirst(
      Effect.async<Wake>((resume) => {
        const listening = new AbortController()
        const { signal } = listening
        const wake = (kind: Wake) => {
          listening.abort()
          resume(Effect.succeed(kind))
        }
        window.addEventListener("online", () => wake("online"), { signal })
        window.addEventListener("pageshow", () => wake("visible"), { signal })
        document.addEventListener("resume", () => wake("visible"), { signal })
        document.addEventListener(
          "visibilitychange",
          () => {
            if (document.visibilityState === "visible") wake("visible")
          },
          { signal }
        )
        return Effect.sync(() => listening.abort())
      }),
      slept
    )
  }))
}

/** Ends once a timer fires so late that the machine must have slept. */
export const slept: Effect.Effect<Wake> = Effect.gen(function* () {
  const before = yield* Clock.currentTimeMillis
  yield* Effect.sleep(sleepInterval)
  const late = (yield* Clock.currentTimeMillis) - before - Duration.toMillis(sleepInterval)
  return late > Duration.toMillis(sleepLeap)
}).pipe(Effect.repeat({ until: (leapt) => leapt }), Effect.as("slept"))

/** The next wake after which open sockets may be dead without an error. */
export const nextDeadSocket = Effect.flatMap(Wakeup, (wakeup) =>
  wakeup.next.pipe(Effect.repeat({ until: (kind) => kind !== "visible" }))
)
