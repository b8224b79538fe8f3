import type { Limits } from "./encoderLimits.js"

/** The assumed lines of a camera that does not report its size: what the pages ask a camera for. */
const assumedLines = 720

/** The longer side by the shorter at most: a size that is limited to some lines is bounded in both directions. */
const maxAspectRatio = 16 / 9

/** A picture's size in pixels, as far as it is known. */
type Size = Pick<MediaTrackSettings, "width" | "height">

/**
 * The encoding parameters of a picture. `scaleResolutionDownTo` follows the source and turns with it; a browser that
 * has it ignores `scaleResolutionDownBy`, and one that has not is told again whenever the source's size changes. The
 * factor is 1 or more: a small camera is never enlarged.
 */
export const encodingFor = ({ active, lines, maxBitrate, maxFramerate }: Limits, { height, width }: Size) => {
  if (!active) return { active }
  // A phone held upright has its lines across: the shorter side counts.
  const sides = [width, height].flatMap((side) => (side !== undefined && side > 0 ? [side] : []))
  const sourceLines = sides.length === 0 ? assumedLines : Math.min(...sides)
  return {
    active,
    maxBitrate,
    maxFramerate,
    scaleResolutionDownTo: { maxWidth: Math.ceil(lines * maxAspectRatio), maxHeight: lines },
    scaleResolutionDownBy: Math.max(1, sourceLines / lines)
  }
}

/** A voice, and music that is sent as it comes, in bits per second. */
const audioBitrates = { voice: 64_000, music: 128_000 } as const

/** The encoding parameters of a microphone, by the `contentHint` of its track: `music` is sent in full. */
export const audioEncodingFor = (contentHint: string): { readonly maxBitrate: number } => ({
  maxBitrate: contentHint === "music" ? audioBitrates.music : audioBitrates.voice
})
