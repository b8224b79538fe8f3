import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { everyBeat } from "./beats.js"
import type { ClockMessage } from "./clock.worker.js"

/** Null: the page may have no worker. */
const openClock = () => {
  try {
    return new Worker(new URL("./clock.worker.ts", import.meta.url), { type: "module" })
  } catch {
    return null
  }
}

/**
 * Calls `tick` this often a second until the scope closes, in a hidden tab, too: by a worker's clock, or by the page's
 * own if there is no worker. `missed`: how many beats were left out since the last tick.
 */
export const runClock = (perSecond: number, tick: (missed: number) => void): Effect.Effect<void, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const byPage = () => everyBeat(perSecond, tick)
      const worker = openClock()
      if (worker === null) return byPage()
      let stop = () => worker.terminate()
      const send = (message: ClockMessage) => worker.postMessage(message)
      worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
        try {
          tick(data)
        } finally {
          // Otherwise it would never beat again.
          send("heard")
        }
      })
      worker.addEventListener("error", () => {
        worker.terminate()
        stop = byPage()
      })
      send(perSecond)
      return () => stop()
    }),
    (stop) => Effect.sync(stop)
  ).pipe(Effect.asVoid)
