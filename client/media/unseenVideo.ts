/** Plays a picture in a video element that is in no document. If it may not play, it shows nothing. */
export const openUnseenVideo = (track: MediaStreamTrack): HTMLVideoElement => {
  const video = document.createElement("video")
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  void video.play().catch(() => undefined)
  return video
}

/**
 * Calls `come` once the next frame of this track is there. The returned function ends the wait. No browser has the
 * track of a connection `muted` from the start while it brings nothing (w3c/webrtc-pc issue 2915), so a video waits for
 * it.
 */
export const onFirstFrame = (track: MediaStreamTrack, come: () => void): (() => void) => {
  const video = openUnseenVideo(track)
  video.addEventListener("loadeddata", come, { once: true })
  return () => {
    video.srcObject = null
  }
}
