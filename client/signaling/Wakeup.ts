import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** `online`: the network changed or came back. `visible`: somebody looks at the page again, or it was thawed. */
export type Wake = "online" | "visible"

/** News from the browser that waiting is over: a timer that runs now is worth cutting short. */
export class Wakeup extends Context.Tag("Wakeup")<
  Wakeup,
  {
    /** Ends at the next wake. Only wakes after this began count. */
    readonly next: Effect.Effect<Wake>
  }
>() {
  /** Hears `online`, `visibilitychange`, `pageshow` (back from the back-forward cache) and `resume` (Page Lifecycle). */
  static readonly Browser = Layer.sync(Wakeup, () => ({
    next: Effect.async<Wake>((resume) => {
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
    })
  }))
}

/** The next `online` alone. */
export const nextOnline = Effect.flatMap(Wakeup, (wakeup) =>
  wakeup.next.pipe(Effect.repeat({ until: (kind) => kind === "online" }))
)
