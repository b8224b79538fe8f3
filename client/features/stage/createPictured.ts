import { type Accessor, createEffect, createMemo, createSignal, onCleanup, untrack } from "solid-js"

/** How long a frame is on its way, in milliseconds, where a browser does not say when it was captured. */
const onItsWay = 500

/** What was told counts after this, in milliseconds, where no frame shows it. */
const patience = 5_000

/**
 * What is told of a video's picture, once it shows it. Whoever sends both tells of a picture as soon as it is made, which is
 * there before the picture: that is encoded, sent bit by bit, and held back against jitter. So it counts from the first
 * frame on that was captured after it was told. `captureTime`: https://wicg.github.io/video-rvfc/#dom-videoframecallbackmetadata-capturetime.
 */
export const createPictured = <A>(video: Accessor<HTMLVideoElement | undefined>, told: Accessor<A>): Accessor<A> => {
  const newest = createMemo(told)
  const [pictured, setPictured] = createSignal(untrack(newest))
  createEffect(() => {
    const [element, next] = [video(), newest()]
    const show = () => void setPictured(() => next)
    if (element?.requestVideoFrameCallback === undefined) return show()
    const since = performance.now()
    const look = (now: number, { captureTime = now - onItsWay }: VideoFrameCallbackMetadata) => {
      if (captureTime >= since) show()
      else handle = element.requestVideoFrameCallback(look)
    }
    let handle = element.requestVideoFrameCallback(look)
    const timer = setTimeout(show, patience)
    onCleanup(() => {
      element.cancelVideoFrameCallback(handle)
      clearTimeout(timer)
    })
  })
  return pictured
}
