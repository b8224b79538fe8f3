/**
 * Frames of tracks, as Chromium has them:
 * https://developer.chrome.com/docs/capabilities/web-apis/mediastreamtrack-insertable-media-processing. The standard
 * (https://w3c.github.io/mediacapture-transform/) has them only in workers, with tracks that are transferred there and
 * a `VideoTrackGenerator`: Chromium has neither.
 */
export interface InsertableStreams {
  /** Frames of a live track as they come. `maxBufferSize` of them wait at most; older ones are dropped. */
  readonly MediaStreamTrackProcessor: new (options: {
    readonly track: MediaStreamTrack
    readonly maxBufferSize?: number
  }) => { readonly readable: ReadableStream<VideoFrame> }
  /** A track of the frames that are written to it, each of which it closes. */
  readonly MediaStreamTrackGenerator: new (options: {
    readonly kind: "video"
  }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> }
}

/** Null: this browser lacks a part of what composing in a worker needs. */
export const insertableStreams = (): InsertableStreams | null => {
  const { MediaStreamTrackGenerator, MediaStreamTrackProcessor }: Partial<InsertableStreams> = Object(globalThis)
  if (MediaStreamTrackGenerator === undefined || MediaStreamTrackProcessor === undefined) return null
  if (globalThis.OffscreenCanvas === undefined || globalThis.VideoFrame === undefined) return null
  return { MediaStreamTrackGenerator, MediaStreamTrackProcessor }
}
