/**
 * Notices when packets stop on a connection where they come steadily, as the mixer's voice does, 50 a second. ICE takes
 * 5 to 7 seconds to notice that its path is gone, since its checks are rare (RFC 7675, section 5.1).
 */
import * as Effect from "effect/Effect"
import { packetSampleInterval } from "./timings.js"

/** What is known after a sample. */
export interface Flow {
  /** The count of the last sample; null before the first. */
  readonly received: number | null
  /** How many samples in a row the count has grown. */
  readonly growingRun: number
  /** How many samples in a row it has not. */
  readonly stillRun: number
  readonly silent: boolean
  /** The next silence begins after this many samples in a row without growth. */
  readonly silentAfter: number
}

/**
 * Packets come steadily once the count has grown in this many samples in a row. A pause before that, as between the
 * checks of ICE, is no silence.
 */
const steadyAfter = 4
/**
 * The first silence is 1.5 seconds without a packet. Each one doubles the time that the next one takes, up to 6
 * seconds, because each costs an ICE restart, and an unstable network has many. After 6 seconds ICE has noticed by
 * itself. In a hidden page, whose timers browsers slow down, all these times are twice as long.
 */
const silenceSamples = { first: 3, longest: 12 }
/** After this many samples in a row with packets, a minute, a silence takes no longer than the first. */
const calmAfter = 120

/** Before the first sample. */
export const unsampled: Flow = {
  received: null,
  growingRun: 0,
  stillRun: 0,
  silent: false,
  silentAfter: silenceSamples.first
}

/** What is known after a sample of this count. */
export const sampled = (before: Flow, received: number): Flow => {
  if (before.received === null || received > before.received) {
    // A pause that was too short for a silence ends the run all the same.
    const growingRun = before.stillRun > 0 ? 1 : before.growingRun + 1
    const silentAfter = growingRun >= calmAfter ? silenceSamples.first : before.silentAfter
    return { received, growingRun, stillRun: 0, silent: false, silentAfter }
  }
  const stillRun = before.stillRun + 1
  const begins = !before.silent && before.growingRun >= steadyAfter && stillRun >= before.silentAfter
  const silentAfter = begins ? Math.min(2 * before.silentAfter, silenceSamples.longest) : before.silentAfter
  return { ...before, received, stillRun, silent: before.silent || begins, silentAfter }
}

/**
 * Samples the count every half second, and reports when packets stop and when they come again. Ends if the
 * browser does not count: `received` returns null.
 */
export const watchPacketSilence = (
  received: Effect.Effect<number | null>,
  report: (change: "Silent" | "Heard") => Effect.Effect<unknown>
): Effect.Effect<void> =>
  Effect.gen(function* () {
    let flow = unsampled
    while (true) {
      yield* Effect.sleep(packetSampleInterval)
      const count = yield* received
      if (count === null) return
      const next = sampled(flow, count)
      if (next.silent !== flow.silent) yield* report(next.silent ? "Silent" : "Heard")
      flow = next
    }
  })
