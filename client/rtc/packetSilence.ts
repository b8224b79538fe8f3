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
  /** Samples in a row in which it grew. */
  readonly growing: number
  /** Samples in a row in which it did not. */
  readonly still: number
  readonly silent: boolean
  /** This many samples in a row without growth are a silence. */
  readonly silenceSamples: number
}

/** A count that grows in this many samples in a row grows steadily: one that grows less often may pause. */
const steadyAfter = 4
/**
 * A silence is 1.5 seconds without a packet. Each silence doubles that, up to 6 seconds: on an unstable network every
 * one would cost an ICE restart, and after 6 seconds ICE has noticed by itself. In a hidden page, whose timers browsers
 * slow down, all are twice as long.
 */
const silenceSamples = { first: 3, longest: 12 }
/** After this many samples in a row with packets, a minute, a silence is as short as at first. */
const calmAfter = 120

/** Before the first sample. */
export const unsampled: Flow = {
  received: null,
  growing: 0,
  still: 0,
  silent: false,
  silenceSamples: silenceSamples.first
}

/** What is known after a sample of this count. */
export const sampled = (before: Flow, received: number): Flow => {
  if (before.received === null || received > before.received) {
    // A pause that was too short for a silence ends the row all the same.
    const growing = before.still > 0 ? 1 : before.growing + 1
    const nextSilenceSamples = growing >= calmAfter ? silenceSamples.first : before.silenceSamples
    return { received, growing, still: 0, silent: false, silenceSamples: nextSilenceSamples }
  }
  const still = before.still + 1
  const begins = !before.silent && before.growing >= steadyAfter && still >= before.silenceSamples
  const next = begins ? Math.min(2 * before.silenceSamples, silenceSamples.longest) : before.silenceSamples
  return { ...before, received, still, silent: before.silent || begins, silenceSamples: next }
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
