import { type Accessor, createSignal, onCleanup } from "solid-js"

/** How long a picture may stand still before it counts as gone. */
const patience = 2_500

/**
 * Whether a video shows new frames. A sender that stops its camera leaves the last frame standing and fires no event
 * in some browsers, so the frames are counted. A hidden page paints nothing, and is not judged.
 */
export const createMoving = (video: Accessor<HTMLVideoElement | undefined>): Accessor<boolean> => {
  const [moving, setMoving] = createSignal(false)
  let frames = 0
  let since = performance.now()
  const look = () => {
    const element = video()
    const now = performance.now()
    const painted = element?.getVideoPlaybackQuality().totalVideoFrames ?? 0
    if (document.hidden || painted !== frames) since = now
    if (painted !== frames) setMoving(painted > 0)
    else if (now - since > patience) setMoving(false)
    frames = painted
  }
  const timer = setInterval(look, 500)
  onCleanup(() => clearInterval(timer))
  return moving
}
