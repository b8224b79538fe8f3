/** The part of an `<audio>` that is needed to play a voice. */
export type Loudspeaker = Pick<
  HTMLMediaElement,
  "addEventListener" | "ended" | "pause" | "paused" | "play" | "srcObject"
> & {
  /** Missing in browsers that let no page choose the speaker. */
  readonly setSinkId?: (id: string) => Promise<void>
}

/** The playback of one voice. */
export interface Playback {
  /** Plays this from now on. Null: nothing. */
  readonly setStream: (stream: MediaStream | null) => void
  /** The speaker that plays it. Empty: the default one, which also takes over if this one cannot play. */
  readonly setSink: (id: string) => void
  /** Tries again if it is paused: in the handler of a press the browser allows it. */
  readonly play: () => void
  readonly close: () => void
}

/** How long a pause, as by a phone call, may last before playback is resumed. */
const resumeAfterMs = 300

/**
 * Keeps a voice playing. `refused` is told whether the browser wants a press of the person first. After any other pause
 * (a phone call, the pause key of a keyboard or a headset) it resumes, since a voice that stops is a broken call.
 */
export const makePlayback = (element: Loudspeaker, refused: (is: boolean) => void): Playback => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const play = () => {
    clearTimeout(timer)
    if (element.srcObject === null || !element.paused) return
    element.play().then(
      () => refused(false),
      (cause: unknown) => {
        // Any other failure means that another stream came in between, which plays itself.
        if (cause instanceof Error && cause.name === "NotAllowedError" && element.srcObject !== null) refused(true)
      }
    )
  }
  element.addEventListener("pause", () => {
    clearTimeout(timer)
    if (element.srcObject !== null && !element.ended) timer = setTimeout(play, resumeAfterMs)
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
