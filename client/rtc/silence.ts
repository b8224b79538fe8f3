/**
 * Whether packets come on a connection that has them come all the time, as the mixer's voice does, 50 a second. ICE takes
 * 5 to 7 seconds to notice that its path is gone, since its checks are rare (RFC 7675, section 5.1).
 */
import * as Effect from "effect/Effect"
import { silenceLook } from "./timings.js"

/** What is known after a look. */
export interface Hearing {
  /** The count of the last look; null before the first. */
  readonly received: number | null
  /** Looks one after the other at which more had come, up to `steadyAfter`. */
  readonly flowing: number
  /** Looks one after the other at which no more had come. */
  readonly still: number
  readonly silent: boolean
}

export const unheard: Hearing = { received: null, flowing: 0, still: 0, silent: false }

/** Packets that came at so many looks one after the other come all the time: what is rarer may pause as it likes. */
const steadyAfter = 4
/** So many looks without a packet are a silence: 1.5 seconds, or 3 in a hidden page, whose timers browsers slow down. */
const silentAfter = 3

/** What is known after a look that found so much received. */
export const listen = (before: Hearing, received: number): Hearing => {
  if (before.received === null || received > before.received) {
    // A pause that was too short for a silence ends what came all the time.
    const flowing = before.still > 0 ? 1 : Math.min(before.flowing + 1, steadyAfter)
    return { received, flowing, still: 0, silent: false }
  }
  const still = before.still + 1
  const silent = before.silent || (before.flowing === steadyAfter && still >= silentAfter)
  return { ...before, received, still, silent }
}

/** Looks every half a second, and tells when packets stop and when they come again. Ends where nothing counts them. */
export const watchSilence = (
  received: Effect.Effect<number | null>,
  tell: (news: "Silent" | "Heard") => Effect.Effect<unknown>
): Effect.Effect<void> =>
  Effect.gen(function* () {
    let hearing = unheard
    while (true) {
      yield* Effect.sleep(silenceLook)
      const count = yield* received
      if (count === null) return
      const now = listen(hearing, count)
      if (now.silent !== hearing.silent) yield* tell(now.silent ? "Silent" : "Heard")
      hearing = now
    }
  })
