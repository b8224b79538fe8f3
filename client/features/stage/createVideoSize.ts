import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"

/** The size of the picture that a video shows, in pixels: a phone that is turned changes it. 0 while there is none. */
export const createVideoSize = (video: Accessor<HTMLVideoElement | undefined>) => {
  const [size, setSize] = createSignal({ width: 0, height: 0 })
  createEffect(() => {
    const element = video()
    if (element === undefined) return
    const measure = () => setSize({ width: element.videoWidth, height: element.videoHeight })
    measure()
    element.addEventListener("loadedmetadata", measure)
    element.addEventListener("resize", measure)
    onCleanup(() => {
      element.removeEventListener("loadedmetadata", measure)
      element.removeEventListener("resize", measure)
    })
  })
  return size
}
