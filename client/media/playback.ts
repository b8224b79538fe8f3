/** The part of an `<audio>` that playing a voice takes. */
export type Loudspeaker = Pick<
  HTMLMediaElement,
  "addEventListener" | "ended" | "pause" | "paused" | "play" | "srcObject"
> & {
  /** Missing in browsers that let no page choose the speaker. */
  readonly setSinkId?: (id: string) => Promise<void>
}

/** One voice on its way to the ear. */
export interface Playback {
  /** What plays from now on. Null: nothing. */
  readonly setStream: (stream: MediaStream | null) => void
  /** The speaker that plays it. Empty: the default one, which also takes over where this one cannot. */
  readonly setSink: (id: string) => void
  /** Tries again where it stands still: in the handler of a press the browser allows it. */
  readonly play: () => void
  readonly close: () => void
}

/** How long an interruption, as by a phone call, is left alone before it is played over: in milliseconds. */
const breath = 300

/**
 * Keeps a voice playing. `refused` hears whether the browser wants a press of the person first. Whatever else pauses it
 * (a phone call, the pause key of a keyboard or a headset) is played over, since a voice that stops is a broken call.
 */
export const makePlayback = (element: Loudspeaker, refused: (is: boolean) => void): Playback => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const play = () => {
    clearTimeout(timer)
    if (element.srcObject === null || !element.paused) return
    element.play().then(
      () => refused(false),
      (cause: unknown) => {
        // Any other failure is another stream that came in between, and plays itself.
        if (cause instanceof Error && cause.name === "NotAllowedError" && element.srcObject !== null) refused(true)
      }
    )
  }
  element.addEventListener("pause", () => {
    clearTimeout(timer)
    if (element.srcObject !== null && !element.ended) timer = setTimeout(play, breath)
  })

  const setStream = (stream: MediaStream | null) => {
    clearTimeout(timer)
    refused(false)
    element.srcObject = stream
    play()
  }
  return {
    setStream,
    setSink: (id) => void element.setSinkId?.(id).catch(() => element.setSinkId?.("").catch(() => undefined)),
    play,
    close: () => setStream(null)
  }
}
