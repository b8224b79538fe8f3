import * as Effect from "effect/Effect"
import { maxCameraBitrate } from "./encoderLimits.js"

/** `navigator.mediaCapabilities.encodingInfo` (W3C Media Capabilities), or a fake of it. */
export type EncodingInfo = (
  configuration: MediaEncodingConfiguration
) => Promise<Pick<MediaCapabilitiesInfo, "powerEfficient">>

/** The most that is sent of a camera: pixels, bits per second, frames per second. */
const camera = { width: 1280, height: 720, bitrate: maxCameraBitrate, framerate: 30 }

const h264 = "video/H264;level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"

/**
 * True if encoding H.264 is power-efficient on this machine, which browsers report for encoding in hardware, and
 * encoding VP8 is not. False, too, if the browser does not answer.
 */
export const savesPowerByH264 = (encodingInfo: EncodingInfo): Effect.Effect<boolean> => {
  const isEfficient = (contentType: string) =>
    Effect.tryPromise(() => encodingInfo({ type: "webrtc", video: { ...camera, contentType } }))
  return Effect.all([isEfficient(h264), isEfficient("video/VP8")], { concurrency: "unbounded" }).pipe(
    Effect.map(([ofH264, ofVp8]) => ofH264.powerEfficient && !ofVp8.powerEfficient),
    Effect.tapError((failure) => Effect.logDebug("The browser does not say what it encodes in hardware.", failure)),
    Effect.orElseSucceed(() => false)
  )
}
