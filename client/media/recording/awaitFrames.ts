import { recordedType } from "./mimes.js"

/** So many chunks with something in them show that pictures flow: the first may be an old picture, given once more. */
const enough = 3
const timesliceMs = 500

/**
 * Calls once this video track brings pictures, until what it gives is called. Recorded at the lowest quality to nowhere:
 * unlike the callbacks of a video element, that works in hidden pages too.
 */
export const awaitFrames = (track: MediaStreamTrack, flow: () => void): (() => void) => {
  const mimeType = recordedType("video", (mime) => MediaRecorder.isTypeSupported(mime))
  if (mimeType === undefined || track.readyState === "ended") return () => undefined
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType, videoBitsPerSecond: 50_000 })
  let chunks = 0
  const stop = () => {
    chunks = enough
    if (recorder.state !== "inactive") recorder.stop()
  }
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size === 0 || ++chunks !== enough) return
    stop()
    flow()
  })
  recorder.start(timesliceMs)
  return stop
}
