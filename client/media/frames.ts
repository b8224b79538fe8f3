/** The part of a `<video>` that counts the frames it has shown. */
export type Screened = Pick<HTMLVideoElement, "getVideoPlaybackQuality"> & {
  readonly requestVideoFrameCallback?: (
    seen: (now: number, frame: { readonly presentedFrames: number }) => void
  ) => number
  /** Firefox's own, from before it had callbacks. */
  readonly mozPaintedFrames?: number
}

/**
 * Returns a count of the frames that a video has shown: it grows from call to call for as long as the picture moves.
 * `totalVideoFrames` comes last, since in Firefox it stays 0 for a live stream.
 */
export const makeFrameCount = (video: Screened): (() => number) => {
  if (video.requestVideoFrameCallback === undefined) {
    return () => video.mozPaintedFrames ?? video.getVideoPlaybackQuality().totalVideoFrames
  }
  // One callback for each call is enough, and costs less than one for each frame.
  let shown = 0
  let callbackPending = false
  const count = () => {
    if (!callbackPending) {
      callbackPending = true
      video.requestVideoFrameCallback?.((_, { presentedFrames }) => {
        callbackPending = false
        shown = presentedFrames
      })
    }
    return shown
  }
  count()
  return count
}
