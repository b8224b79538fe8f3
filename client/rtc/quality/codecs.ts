import type { OutgoingTracks } from "../OutgoingTracks.js"

/** The fields that identify a codec, as browsers list it (RTCRtpCodec). */
type Codec = Pick<RTCRtpCodec, "mimeType" | "sdpFmtpLine">

/** The codecs of a browser for one kind of media, in its own order. */
export interface Abilities<A extends Codec> {
  readonly receives: ReadonlyArray<A>
  readonly sends: ReadonlyArray<Codec>
}

const typeOf = ({ mimeType }: Codec) => mimeType.toLowerCase()

/** Any two browsers have one of these in common: all have them but H.264, which some lack (RFC 7742, 7874). */
const media = new Set(["audio/opus", "video/vp8", "video/h264"])

/**
 * Retransmission (RFC 4588), which repairs losses. No forward error correction (RFC 5109): Chromium sends that beyond
 * the maximum bitrate, up to as much again, and on a line that is full it causes the losses that it repairs.
 */
const retransmission = "video/rtx"

/** Constrained Baseline, which everybody has, and High: what machines encode and decode in hardware (RFC 6184, 8.1). */
const profiles = /profile-level-id=(42e0|64)/i

/** Mode 1 only, a picture in several packets, as all browsers send it: with mode 0 each codec would be there twice. */
const isUsedH264 = (parameters = "") => profiles.test(parameters) && /packetization-mode=1/.test(parameters)

const isMedia = (codec: Codec) =>
  media.has(typeOf(codec)) && (typeOf(codec) !== "video/h264" || isUsedH264(codec.sdpFmtpLine))

/** Profile 0, 8 bits and 4:2:0, as browsers capture; also the default if none is named (RTP for AV1, 7.2). */
const isMainAv1 = (codec: Codec) => typeOf(codec) === "video/av1" && !/\bprofile=[^0]/.test(codec.sdpFmtpLine ?? "")

/**
 * The codec in which a screen is sent, of those that both sides have: an offer in a browser's own order, as Firefox
 * makes it, has another one first. Undefined: the first has to do.
 */
export const sharpest = <C extends Codec>(negotiated: ReadonlyArray<C>): C | undefined =>
  negotiated.find(isMainAv1) ?? negotiated.find((codec) => typeOf(codec) === "video/h264" && isMedia(codec))

/**
 * The codecs that an offer names for one m-line: the preferred ones first, the others in the browser's order. Each that
 * is left out makes the offer and its answer smaller. The answering side keeps the order, so both sides send in the
 * first that both have. Null: the browser has none that would do, so the offer names all.
 *
 * Text is sharp soonest in AV1, and sooner in H.264 than in VP8 or VP9: `npm run bench -- codecs` compares them.
 */
export const offered = <A extends Codec>(
  kind: keyof OutgoingTracks,
  { receives, sends }: Abilities<A>,
  prefersH264: boolean
): ReadonlyArray<A> | null => {
  const usable = receives.filter(isMedia)
  if (usable.length === 0) return null
  const isFirst = (codec: Codec) => (kind === "screen" || prefersH264) && typeOf(codec) === "video/h264"
  // The m-line is for both directions: what a browser only receives would leave it nothing to send (RFC 8829, 4.2.6).
  const sharpFirst = kind === "screen" && sends.some(isMainAv1) ? receives.filter(isMainAv1) : []
  const repairs = receives.filter((codec) => typeOf(codec) === retransmission)
  return [...sharpFirst, ...usable.filter(isFirst), ...usable.filter((codec) => !isFirst(codec)), ...repairs]
}
