import type { Limits } from "./adaptation.js"

/** What a camera that says nothing of itself is taken to be: what the pages ask a camera for. */
const likelyLines = 720

/** The pictures' sides, long to short: a size that is cut to so many lines is bounded in both directions. */
const widest = 16 / 9

/** A picture's size in pixels, as far as it is known. */
type Size = Pick<MediaTrackSettings, "width" | "height">

/**
 * What the encoder of a picture is told. `scaleResolutionDownTo` follows the source and turns with it; a browser that has
 * it ignores `scaleResolutionDownBy`, and one that has not is told again whenever the source's size changes. That is 1 or
 * more: a small camera is never enlarged.
 */
export const encodingFor = ({ active, lines, maxBitrate, maxFramerate }: Limits, { height, width }: Size) => {
  if (!active) return { active }
  // A phone held upright has its lines across: the shorter side counts.
  const sides = [width, height].flatMap((side) => (side !== undefined && side > 0 ? [side] : []))
  const has = sides.length === 0 ? likelyLines : Math.min(...sides)
  return {
    active,
    maxBitrate,
    maxFramerate,
    scaleResolutionDownTo: { maxWidth: Math.ceil(lines * widest), maxHeight: lines },
    scaleResolutionDownBy: Math.max(1, has / lines)
  }
}

/** A voice, and music that is sent as it comes, in bits per second. */
const audioBitrates = { voice: 64_000, music: 128_000 } as const

/** What the encoder of a microphone is told, by the `contentHint` of its track: `music` is sent in full. */
export const audioEncodingFor = (contentHint: string): { readonly maxBitrate: number } => ({
  maxBitrate: contentHint === "music" ? audioBitrates.music : audioBitrates.voice
})
