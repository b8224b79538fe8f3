import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"
import { makeFrameCount } from "../../media/frames.js"

/** Frames no longer arrive once none has come for this long, in milliseconds. */
const frameTimeout = 2_500

/**
 * Whether new frames of a video arrive. If a sender stops its camera, some browsers fire no event and keep showing the
 * last frame, so frames are counted, twice a second; events announce the first one sooner. A hidden page shows no
 * frames, so while it is hidden a true answer stays true.
 */
export const createFramesArriving = (video: Accessor<HTMLVideoElement | undefined>): Accessor<boolean> => {
  const [arriving, setArriving] = createSignal(false)
  createEffect(() => {
    const element = video()
    if (element === undefined) return void setArriving(false)
    const count = makeFrameCount(element)
    let frames = 0
    let since = performance.now()
    const check = () => {
      const shown = count()
      if (document.hidden || shown !== frames) since = performance.now()
      if (shown > frames) setArriving(true)
      else if (performance.now() - since > frameTimeout) setArriving(false)
      frames = shown
    }
    const onFirstFrame = () => {
      since = performance.now()
      if (element.videoWidth > 0) setArriving(true)
    }
    const timer = setInterval(check, 500)
    element.addEventListener("loadeddata", onFirstFrame)
    element.addEventListener("resize", onFirstFrame)
    onCleanup(() => {
      clearInterval(timer)
      element.removeEventListener("loadeddata", onFirstFrame)
      element.removeEventListener("resize", onFirstFrame)
    })
  })
  return arriving
}
