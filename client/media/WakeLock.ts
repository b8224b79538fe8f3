import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * Keeps the screen of a phone from going dark for as long as the scope is open. Browsers release the lock when the page
 * is hidden, so it is requested again when the page shows. Does nothing in browsers without it.
 */
export const stayAwake: Effect.Effect<void, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => {
    let held: WakeLockSentinel | undefined
    let closed = false
    const hold = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return
      const lock = await navigator.wakeLock.request("screen").catch(() => undefined)
      if (closed) await lock?.release()
      else held = lock
    }
    const shown = () => void hold()
    document.addEventListener("visibilitychange", shown)
    shown()
    return () => {
      closed = true
      document.removeEventListener("visibilitychange", shown)
      return held?.release()
    }
  }),
  (release) => Effect.ignoreLogged(Effect.tryPromise(async () => release()))
).pipe(Effect.asVoid)
