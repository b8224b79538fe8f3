import { sendKeyFrame } from "../keyFrame.js"
import { kinds, type OutgoingTracks } from "../OutgoingTracks.js"
import type { Pictures } from "./budget.js"
import type { Limits } from "./encoderLimits.js"
import { audioEncodingFor, encodingFor } from "./encodingParameters.js"

/** What an encoder keeps if it has too little: see `encoderLimits.ts`. A browser that has no such choice ignores it. */
const degradation = { video: "maintain-framerate", screen: "maintain-resolution" } as const

/** The encoders of one connection. */
export interface Encoders {
  /** Sets the present parameters of all encoders. To be called whenever a track or a description has changed. */
  readonly tell: () => Promise<void>
  /** Sends key frames, so that the other side does not wait for what was lost. */
  readonly sendKeyFrames: () => Promise<void>
  readonly setLimits: (limits: Pictures<Limits>) => Promise<void>
}

/** `screenCodec` picks one of the codecs that both sides have. Undefined: a screen is sent in the first of them. */
export const makeEncoders = (
  senderOf: (kind: keyof OutgoingTracks) => RTCRtpSender | undefined,
  screenCodec: (negotiated: ReadonlyArray<RTCRtpCodec>) => RTCRtpCodec | undefined
): Encoders => {
  let limits: Pictures<Limits> | null = null
  /** The parameters that each was given last, as JSON: the same ones are not set again. */
  const lastSet = new WeakMap<RTCRtpSender, string>()

  const setParametersOf = async (kind: keyof OutgoingTracks) => {
    const sender = senderOf(kind)
    if (sender === undefined || (kind !== "audio" && limits === null)) return
    // Voices first: a browser that knows no priorities ignores them, and one that takes no bitrate keeps its own.
    const changes =
      kind === "audio" || limits === null
        ? { ...audioEncodingFor(sender.track?.contentHint ?? ""), priority: "high", networkPriority: "high" }
        : encodingFor(limits[kind === "video" ? "camera" : "screen"], sender.track?.getSettings() ?? {})
    const text = JSON.stringify(changes)
    // Compared first, because `getParameters`, called again and again for each guest, makes the page wait for the
    // browser's media.
    if (lastSet.get(sender) === text) return
    const parameters = sender.getParameters()
    const encoding = parameters.encodings?.[0]
    // Before the descriptions are exchanged some browsers have no encoding to change: then it is done afterwards.
    if (encoding === undefined) return
    const negotiated = parameters.codecs ?? []
    const codec = kind === "screen" ? screenCodec(negotiated) : undefined
    Object.assign(encoding, changes, codec === undefined ? {} : { codec })
    if (kind !== "audio") Object.assign(parameters, { degradationPreference: degradation[kind] })
    await sender.setParameters(parameters)
    // The codecs are known once the descriptions are exchanged: a screen's encoder is set again then.
    if (kind !== "screen" || negotiated.length > 0) lastSet.set(sender, text)
  }

  let last: Promise<void> = Promise.resolve()
  /** One after the other: parameters that were read before another change are refused. */
  const inTurn = (change: () => Promise<void>) => {
    last = last.then(change, change)
    return last
  }
  const tell = () =>
    inTurn(async () => {
      const refused: Array<unknown> = []
      for (const kind of kinds) await setParametersOf(kind).catch((cause: unknown) => refused.push(cause))
      // One that refuses does not keep the others from being set.
      if (refused.length > 0) throw refused[0]
    })

  return {
    sendKeyFrames: () =>
      inTurn(async () => {
        for (const kind of ["video", "screen"] as const) {
          const sender = senderOf(kind)
          if (sender !== undefined && sender.track !== null) await sendKeyFrame(sender)
        }
      }),
    tell,
    setLimits: (now) => {
      limits = now
      return tell()
    }
  }
}
