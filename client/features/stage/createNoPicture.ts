import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js"

/** The first frame of a camera that is on arrives within this time, in milliseconds. */
const firstFrameTimeout = 5_000

interface NoPictureOptions {
  /** The connection is established. */
  readonly live: Accessor<boolean>
  /** The other side reports that its camera is on. */
  readonly camera: Accessor<boolean>
  /** New frames arrive: see `createFramesArriving`. */
  readonly arriving: Accessor<boolean>
}

/**
 * Whether the page shows that there is no picture: at once if the camera is off, and after 5 seconds without a frame if
 * it is on.
 */
export const createNoPicture = ({ arriving, camera, live }: NoPictureOptions): Accessor<boolean> => {
  const awaited = createMemo(() => live() && camera() && !arriving())
  const [late, setLate] = createSignal(false)
  createEffect(() => {
    if (!awaited()) return
    const timer = setTimeout(() => setLate(true), firstFrameTimeout)
    onCleanup(() => {
      clearTimeout(timer)
      setLate(false)
    })
  })
  return () => live() && (!camera() || late())
}
