/** Plays a picture in a video element that is in no document. Refused or broken off, it shows nothing. */
export const openUnseenVideo = (track: MediaStreamTrack): HTMLVideoElement => {
  const video = document.createElement("video")
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  void video.play().catch(() => undefined)
  return video
}

/**
 * Calls `come` once the next frame of this track is there. What it gives ends the waiting. A track of a connection that
 * brings nothing is `muted` in no browser from the beginning on (w3c/webrtc-pc issue 2915), so a video looks for it.
 */
export const onFirstFrame = (track: MediaStreamTrack, come: () => void): (() => void) => {
  const video = openUnseenVideo(track)
  video.addEventListener("loadeddata", come, { once: true })
  return () => {
    video.srcObject = null
  }
}
