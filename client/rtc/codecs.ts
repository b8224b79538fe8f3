/** What says which codec it is, as browsers list it (RTCRtpCodec). */
type Codec = Pick<RTCRtpCodec, "mimeType" | "sdpFmtpLine">

/** One of these carries media in whatever two browsers meet: all have them but H.264, which some lack (RFC 7742, 7874). */
const media = new Set(["audio/opus", "video/vp8", "video/h264"])

/**
 * What mends the media of others: repeats (RFC 4588). Nothing is sent ahead of losses (RFC 5109): Chromium sends that beyond
 * the maximum that it is told, up to as much again, and on a line that is full it makes the losses that it mends.
 */
const mending = new Set(["video/rtx"])

/** Constrained Baseline, which everybody has, and High: what machines encode and decode in hardware (RFC 6184, 8.1). */
const profiles = /profile-level-id=(42e0|64)/i

/** A picture in several packets, as all send it: mode 0 is the same codec once more, for nobody. */
const isUsedH264 = (parameters = "") => profiles.test(parameters) && /packetization-mode=1/.test(parameters)

const isMedia = ({ mimeType, sdpFmtpLine }: Codec) => {
  const type = mimeType.toLowerCase()
  return media.has(type) && (type !== "video/h264" || isUsedH264(sdpFmtpLine))
}

/**
 * The codecs that an offer names, of those that the browser can receive and in its own order: each that is left out
 * makes the offer and its answer smaller, which travel twice. Null: none of them would do, so the offer names all.
 */
export const offered = <A extends Codec>(codecs: ReadonlyArray<A>): ReadonlyArray<A> | null =>
  codecs.some(isMedia) ? codecs.filter((codec) => isMedia(codec) || mending.has(codec.mimeType.toLowerCase())) : null
