import { createEffect, onCleanup } from "solid-js"
import css from "./Picture.module.css"

/** The sound of the pictures on a page: browsers may refuse it until the person has touched the page. */
export interface Sound {
  /** The browser refused; the picture plays on without sound. */
  readonly refused: () => void
  /** Counts how often the person has asked for sound. */
  readonly asked: () => number
}

/** A moving picture. With `sound` it is heard; without, it is a preview. */
export const Picture = (props: {
  readonly stream: MediaStream | null
  readonly mirrored?: boolean
  readonly fit?: "cover" | "contain"
  readonly label?: string
  readonly sound?: Sound | undefined
  /** The speaker that plays it. Empty: the default one. */
  readonly sinkId?: string | undefined
  readonly ref?: (video: HTMLVideoElement) => void
}) => {
  const show = (video: HTMLVideoElement) => {
    props.ref?.(video)
    const play = () =>
      video.play().catch((cause: unknown) => {
        if (!(cause instanceof Error) || cause.name !== "NotAllowedError" || video.muted) return
        video.muted = true
        props.sound?.refused()
        return video.play().catch(() => undefined)
      })
    createEffect(() => {
      video.muted = props.sound === undefined
      props.sound?.asked()
      if (video.srcObject !== props.stream) video.srcObject = props.stream
      if (props.stream !== null) void play()
    })
    createEffect(() => {
      const { sinkId } = props
      // A speaker that is gone leaves the sound where it is; some browsers let no page choose.
      if (sinkId !== undefined && "setSinkId" in video) void video.setSinkId(sinkId).catch(() => undefined)
    })
    onCleanup(() => {
      video.srcObject = null
    })
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: a live picture of a person has no captions to offer.
    <video
      ref={show}
      class={css.picture}
      classList={{ [css.mirrored ?? ""]: props.mirrored ?? false, [css.whole ?? ""]: props.fit === "contain" }}
      aria-label={props.label}
      autoplay
      playsinline
    />
  )
}
