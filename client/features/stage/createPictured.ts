import { type Accessor, createEffect, createMemo, createSignal, onCleanup, untrack } from "solid-js"

/** The assumed delay of a frame, in milliseconds, if the browser does not report when it was captured. */
const assumedDelay = 500

/** A report counts after this time, in milliseconds, even if no frame shows it. */
const frameTimeout = 5_000

/**
 * What the sender reports (`told`) about a video's picture, from the frame on that shows it. The report is sent as soon
 * as the picture is made and arrives before it, because the picture is encoded, paced, and held in the jitter buffer.
 * So a report counts from the first frame that was captured after it arrived. `captureTime`:
 * https://wicg.github.io/video-rvfc/#dom-videoframecallbackmetadata-capturetime.
 */
export const createPictured = <A>(video: Accessor<HTMLVideoElement | undefined>, told: Accessor<A>): Accessor<A> => {
  const newest = createMemo(told)
  const [pictured, setPictured] = createSignal(untrack(newest))
  createEffect(() => {
    const [element, next] = [video(), newest()]
    const show = () => void setPictured(() => next)
    if (element?.requestVideoFrameCallback === undefined) return show()
    const since = performance.now()
    const look = (now: number, { captureTime = now - assumedDelay }: VideoFrameCallbackMetadata) => {
      if (captureTime >= since) show()
      else handle = element.requestVideoFrameCallback(look)
    }
    let handle = element.requestVideoFrameCallback(look)
    const timer = setTimeout(show, frameTimeout)
    onCleanup(() => {
      element.cancelVideoFrameCallback(handle)
      clearTimeout(timer)
    })
  })
  return pictured
}
