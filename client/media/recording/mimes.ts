/** Which tracks a file has. With a type that names a codec for a missing track, Firefox records nothing. */
export type Tracks = "both" | "video" | "audio"

/**
 * What a file is recorded as, best first. WebM before MP4, because WebM can be read after a crash. VP8 before VP9,
 * because this page encodes everybody at once, and VP9 costs about twice the work.
 */
const types: Record<Tracks, ReadonlyArray<string>> = {
  both: [
    "video/webm;codecs=vp8,opus",
    "video/webm;codecs=vp9,opus",
    "video/webm",
    "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
    "video/mp4"
  ],
  video: ["video/webm;codecs=vp8", "video/webm;codecs=vp9", "video/webm", "video/mp4;codecs=avc1.42E01F", "video/mp4"],
  audio: ["audio/webm;codecs=opus", "audio/webm", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"]
}

/** Null: there is nothing to record. */
export const tracksOf = (audio: unknown, video: unknown): Tracks | null => {
  if (video === null) return audio === null ? null : "audio"
  return audio === null ? "video" : "both"
}

/** The first that the browser can record; undefined if it can record none of them. */
export const recordedType = (tracks: Tracks, supported: (mime: string) => boolean): string | undefined =>
  types[tracks].find(supported)

/** The type of a file that lost its manifest. */
export const typeOf = (file: string): string => (file.endsWith(".mp4") ? "video/mp4" : "video/webm")

export const extensionOf = (mime: string): string => (/^\w+\/mp4/.test(mime) ? "mp4" : "webm")

/** Bits per second. The calls bring 720p at 1.7 Mbit/s; encoded once more, it needs somewhat more. */
export const bitrates = { camera: 2_500_000, screen: 3_000_000, programme: 2_500_000, audio: 128_000 } as const

/** The interval of key frames, to which editors can jump, if the browser lets a page set it. */
export const keyFrameMs = 2_000
