import { type Accessor, createSignal, onCleanup } from "solid-js"
import { createVisible } from "./createVisible.js"

/**
 * Whether somebody may see a picture of this page: its tab is looked at, or the picture floats above other windows. A
 * browser that does not say what floats (Firefox) is taken to show it.
 */
export const createSeen = (): Accessor<boolean> => {
  const visible = createVisible()
  const says = document.pictureInPictureEnabled === true
  const [floats, setFloats] = createSignal(false)
  const look = () => setFloats(document.pictureInPictureElement !== null)
  // Both bubble from the video.
  document.addEventListener("enterpictureinpicture", look)
  document.addEventListener("leavepictureinpicture", look)
  onCleanup(() => {
    document.removeEventListener("enterpictureinpicture", look)
    document.removeEventListener("leavepictureinpicture", look)
  })
  return () => visible() || floats() || !says
}
