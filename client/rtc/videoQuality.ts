import type { VideoQuality } from "./States.js"

/** What one guest's picture is for. */
interface Use {
  /** Guests whose pictures come, this one among them. */
  readonly guests: number
  /** Whether some guest's picture is large, and whether it is this one's. */
  readonly spotlight: "none" | "this" | "other"
  /** Whether what comes is recorded. */
  readonly recording: boolean
}

/** What the host sends back to each of its guests: one encoder and one upload for every one of them. */
export const returnQualityFor = (guests: number): VideoQuality => {
  if (guests <= 2) return "high"
  return guests <= 5 ? "medium" : "low"
}

/**
 * What a guest's camera shall send: large for whom all see large, small for tiles. A recording keeps what comes, so it
 * asks for more, as far as one line carries it: 4 large pictures are some 7 Mbit/s.
 */
export const videoQualityFor = ({ guests, recording, spotlight }: Use): VideoQuality => {
  if (spotlight === "this" || guests === 1) return "high"
  if (recording) return guests <= 4 ? "high" : "medium"
  return spotlight === "other" || guests > 4 ? "low" : "medium"
}
