import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"
import { makeFrameCount } from "../../media/frames.js"

/** How long a picture may stand still before it counts as gone. */
const patience = 2_500

/**
 * Whether a video shows new frames. A sender that stops its camera leaves the last frame standing and fires no event
 * in some browsers, so the frames are counted; the first one is told by events. A hidden page paints nothing, and is
 * not judged.
 */
export const createMoving = (video: Accessor<HTMLVideoElement | undefined>): Accessor<boolean> => {
  const [moving, setMoving] = createSignal(false)
  createEffect(() => {
    const element = video()
    if (element === undefined) return void setMoving(false)
    const count = makeFrameCount(element)
    let frames = 0
    let since = performance.now()
    const check = () => {
      const shown = count()
      if (document.hidden || shown !== frames) since = performance.now()
      if (shown > frames) setMoving(true)
      else if (performance.now() - since > patience) setMoving(false)
      frames = shown
    }
    const first = () => {
      since = performance.now()
      if (element.videoWidth > 0) setMoving(true)
    }
    const timer = setInterval(check, 500)
    element.addEventListener("loadeddata", first)
    element.addEventListener("resize", first)
    onCleanup(() => {
      clearInterval(timer)
      element.removeEventListener("loadeddata", first)
      element.removeEventListener("resize", first)
    })
  })
  return moving
}
