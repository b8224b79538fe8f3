import { createEffect, onCleanup } from "solid-js"
import css from "./Video.module.css"

/** A moving picture. It is always muted: voices play in elements of their own, see `Voices`. */
export const Video = (props: {
  readonly stream: MediaStream | null
  readonly mirrored?: boolean
  readonly fit?: "cover" | "contain"
  readonly label?: string
  readonly ref?: (video: HTMLVideoElement) => void
}) => {
  const show = (video: HTMLVideoElement) => {
    video.muted = true
    props.ref?.(video)
    createEffect(() => {
      if (video.srcObject !== props.stream) video.srcObject = props.stream
      if (props.stream !== null) void video.play().catch(() => undefined)
    })
    onCleanup(() => {
      video.srcObject = null
    })
  }
  return (
    <video
      ref={show}
      class={css.picture}
      classList={{ [css.mirrored ?? ""]: props.mirrored ?? false, [css.whole ?? ""]: props.fit === "contain" }}
      aria-label={props.label}
      autoplay
      playsinline
      muted
    />
  )
}
