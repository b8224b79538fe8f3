import { recordedType } from "./mimes.js"

/** This many chunks that are not empty show that pictures flow: the first may repeat an old picture. */
const enoughChunks = 3
const timesliceMs = 500

/**
 * Calls `flow` once this video track brings pictures, unless the returned function is called first. Records at the
 * lowest quality, and keeps nothing: unlike the callbacks of a video element, that works in hidden pages, too.
 */
export const awaitFrames = (track: MediaStreamTrack, flow: () => void): (() => void) => {
  const mimeType = recordedType("video", (mime) => MediaRecorder.isTypeSupported(mime))
  if (mimeType === undefined || track.readyState === "ended") return () => undefined
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType, videoBitsPerSecond: 50_000 })
  let chunks = 0
  const stop = () => {
    chunks = enoughChunks
    if (recorder.state !== "inactive") recorder.stop()
  }
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size === 0 || ++chunks !== enoughChunks) return
    stop()
    flow()
  })
  recorder.start(timesliceMs)
  return stop
}
