import * as Effect from "effect/Effect"

/** What a browser says of its encoders (W3C Media Capabilities, `encodingInfo`). */
export type EncodingInfo = (
  configuration: MediaEncodingConfiguration
) => Promise<Pick<MediaCapabilitiesInfo, "powerEfficient">>

/** A camera at its largest: sizes in pixels, bits and frames per second. */
const camera = { width: 1280, height: 720, bitrate: 1_700_000, framerate: 30 }

const h264 = "video/H264;level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"

/**
 * Whether this machine encodes H.264 with little power, which means in hardware, and VP8 not. No, too, where the browser
 * does not say.
 */
export const savesPowerByH264 = (encodingInfo: EncodingInfo): Effect.Effect<boolean> => {
  const isEfficient = (contentType: string) =>
    Effect.tryPromise(() => encodingInfo({ type: "webrtc", video: { ...camera, contentType } }))
  return Effect.all([isEfficient(h264), isEfficient("video/VP8")], { concurrency: "unbounded" }).pipe(
    Effect.map(([one, other]) => one.powerEfficient && !other.powerEfficient),
    Effect.tapError((failure) => Effect.logDebug("The browser does not say what it encodes in hardware.", failure)),
    Effect.orElseSucceed(() => false)
  )
}
