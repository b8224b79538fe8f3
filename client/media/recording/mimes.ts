/**
 * What a file is recorded as, best first. WebM before MP4, because WebM can be read after a crash. VP8 before VP9,
 * because this page encodes everybody at once, and VP9 costs about twice the work.
 */
const withVideo = [
  "video/webm;codecs=vp8,opus",
  "video/webm;codecs=vp9,opus",
  "video/webm",
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4"
]
const soundAlone = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"]

/** The first that the browser can record; undefined where it can record none of them. */
export const recordedType = (video: boolean, supported: (mime: string) => boolean): string | undefined =>
  (video ? withVideo : soundAlone).find(supported)

export const extensionOf = (mime: string): string => (/^\w+\/mp4/.test(mime) ? "mp4" : "webm")

/** Bits per second. The calls bring 720p at 1.7 Mbit/s; encoded once more it needs some room above that. */
export const bitrates = { camera: 2_500_000, screen: 3_000_000, audio: 128_000 } as const

/** How far apart pictures stand that an editor can jump to, where the browser lets a page say so. */
export const keyFrameMs = 2_000
