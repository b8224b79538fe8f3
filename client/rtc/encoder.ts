import type { VideoQuality } from "./States.js"

/** The lines of the picture, and what they may cost in bits per second at most. */
const limits: Readonly<Record<VideoQuality, { readonly lines: number; readonly maxBitrate: number }>> = {
  high: { lines: 720, maxBitrate: 1_700_000 },
  medium: { lines: 360, maxBitrate: 450_000 },
  low: { lines: 180, maxBitrate: 160_000 }
}

/** What a camera that says nothing of itself is taken to be: what the pages ask a camera for. */
const likelyLines = 720

/** What the encoder is told: `scaleResolutionDownBy` is 1 or more, so a small camera is never scaled below the target. */
export const encodingFor = (
  quality: VideoQuality,
  track: Pick<MediaTrackSettings, "width" | "height">
): { readonly scaleResolutionDownBy: number; readonly maxBitrate: number } => {
  const { lines, maxBitrate } = limits[quality]
  // A phone held upright has its lines across: the shorter side counts.
  const sides = [track.width, track.height].filter((side) => side !== undefined && side > 0)
  const has = sides.length === 0 ? likelyLines : Math.min(...sides.map((side) => side ?? likelyLines))
  return { scaleResolutionDownBy: Math.max(1, has / lines), maxBitrate }
}

/** A voice, and music that is sent as it comes, in bits per second. */
const audioBitrates = { voice: 64_000, music: 128_000 } as const

/** What the encoder of a microphone is told, by the `contentHint` of its track: `music` is sent in full. */
export const audioEncodingFor = (contentHint: string): { readonly maxBitrate: number } => ({
  maxBitrate: contentHint === "music" ? audioBitrates.music : audioBitrates.voice
})
