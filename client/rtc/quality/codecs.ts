import type { OutgoingTracks } from "../OutgoingTracks.js"

/** What says which codec it is, as browsers list it (RTCRtpCodec). */
type Codec = Pick<RTCRtpCodec, "mimeType" | "sdpFmtpLine">

/** What a browser does with one kind of media, in its own order. */
export interface Abilities<A extends Codec> {
  readonly receives: ReadonlyArray<A>
  readonly sends: ReadonlyArray<Codec>
}

const typeOf = ({ mimeType }: Codec) => mimeType.toLowerCase()

/** Any two browsers have one of these in common: all have them but H.264, which some lack (RFC 7742, 7874). */
const media = new Set(["audio/opus", "video/vp8", "video/h264"])

/**
 * What mends the media of others: repeats (RFC 4588). Nothing is sent ahead of losses (RFC 5109): Chromium sends that beyond
 * the maximum that it is told, up to as much again, and on a line that is full it makes the losses that it mends.
 */
const mending = "video/rtx"

/** Constrained Baseline, which everybody has, and High: what machines encode and decode in hardware (RFC 6184, 8.1). */
const profiles = /profile-level-id=(42e0|64)/i

/** A picture in several packets, as all browsers send it: with mode 0 the same codec would stand there twice. */
const isUsedH264 = (parameters = "") => profiles.test(parameters) && /packetization-mode=1/.test(parameters)

const isMedia = (codec: Codec) =>
  media.has(typeOf(codec)) && (typeOf(codec) !== "video/h264" || isUsedH264(codec.sdpFmtpLine))

/** Of 8 bits and 4:2:0, as browsers capture, and what is meant where nothing is said (RTP for AV1, 7.2). */
const isUsualAv1 = (codec: Codec) => typeOf(codec) === "video/av1" && !/\bprofile=[^0]/.test(codec.sdpFmtpLine ?? "")

/**
 * The codec in which a screen is sent, of those that both sides have: who offers in an order of its own, as Firefox does, has
 * another one first. Undefined: the first has to do.
 */
export const sharpest = <C extends Codec>(negotiated: ReadonlyArray<C>): C | undefined =>
  negotiated.find(isUsualAv1) ?? negotiated.find((codec) => typeOf(codec) === "video/h264" && isMedia(codec))

/**
 * The codecs that an offer names for one m-line, those to be used first, of those that the browser has, and else in its own
 * order: each that is left out makes the offer and its answer smaller. Who answers keeps to the order, and so both sides send in the first that both have. Null: none of them would do, so the offer names all.
 *
 * Text is sharp soonest in AV1, and sooner in H.264 than in VP8 or VP9: `npm run bench -- codecs` compares them.
 */
export const offered = <A extends Codec>(
  kind: keyof OutgoingTracks,
  { receives, sends }: Abilities<A>,
  prefersH264: boolean
): ReadonlyArray<A> | null => {
  const usual = receives.filter(isMedia)
  if (usual.length === 0) return null
  const isFirst = (codec: Codec) => (kind === "screen" || prefersH264) && typeOf(codec) === "video/h264"
  // The m-line is for both directions: what a browser only receives would leave it nothing to send (RFC 8829, 4.2.6).
  const sharp = kind === "screen" && sends.some(isUsualAv1) ? receives.filter(isUsualAv1) : []
  const mends = receives.filter((codec) => typeOf(codec) === mending)
  return [...sharp, ...usual.filter(isFirst), ...usual.filter((codec) => !isFirst(codec)), ...mends]
}
