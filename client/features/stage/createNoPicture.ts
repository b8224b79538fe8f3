import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js"

/** The first frame of a camera that is on comes within this time, in milliseconds. */
const patience = 5_000

interface NoPictureOptions {
  /** The connection stands. */
  readonly live: Accessor<boolean>
  /** The other side says that its camera is on. */
  readonly camera: Accessor<boolean>
  /** New frames come: see `createFramesArriving`. */
  readonly arriving: Accessor<boolean>
}

/**
 * Whether it is to be said that no picture comes: at once where the camera is off, and where it is on after 5 seconds
 * without a frame.
 */
export const createNoPicture = ({ arriving, camera, live }: NoPictureOptions): Accessor<boolean> => {
  const awaited = createMemo(() => live() && camera() && !arriving())
  const [late, setLate] = createSignal(false)
  createEffect(() => {
    if (!awaited()) return
    const timer = setTimeout(() => setLate(true), patience)
    onCleanup(() => {
      clearTimeout(timer)
      setLate(false)
    })
  })
  return () => live() && (!camera() || late())
}
