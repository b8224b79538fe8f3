import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { makePlayback, type Playback } from "../../media/playback.js"
import { onPress } from "../../media/presses.js"
import { sameOrder } from "../../solid/same.js"

/**
 * The voices of others, each in an `<audio>` of its own: a `<video>` with sound plays nothing in Chromium until its
 * first frame comes, so a person without a camera would not be heard.
 */
export const createVoicePlayback = (
  /** Who speaks, by peer id, and with which track. */
  voices: Accessor<ReadonlyMap<string, MediaStreamTrack>>,
  /** The speaker that plays them. Empty: the default one. */
  sinkId: Accessor<string>
) => {
  const playing = new Map<string, Playback>()
  const [refusals, setRefusals] = createSignal<ReadonlySet<string>>(new Set())
  const refuse = (id: string, is: boolean) => {
    if (refusals().has(id) === is) return
    const updated = new Set(refusals())
    if (is) updated.add(id)
    else updated.delete(id)
    setRefusals(updated)
  }

  const play = () => {
    for (const playback of playing.values()) playback.play()
  }
  const shown = () => {
    if (!document.hidden) play()
  }
  // Any press allows a page to play sound; a page that is visible again may have been interrupted meanwhile.
  onCleanup(onPress(play))
  document.addEventListener("visibilitychange", shown)
  onCleanup(() => document.removeEventListener("visibilitychange", shown))

  return {
    ids: createMemo(() => [...voices().keys()], [], { equals: sameOrder }),
    /** Plays one voice in this element until the calling owner is disposed. */
    attach: (id: string, element: HTMLAudioElement) => {
      const playback = makePlayback(element, (is) => refuse(id, is))
      playing.set(id, playback)
      const track = createMemo(() => voices().get(id) ?? null)
      createEffect(() => playback.setSink(sinkId()))
      // Only on the track: `setStream` also reads the refusals, and would start a refused voice again and again.
      createEffect(on(track, (current) => playback.setStream(current === null ? null : new MediaStream([current]))))
      onCleanup(() => {
        playing.delete(id)
        playback.close()
      })
    },
    /** The browser plays no sound before a press. */
    refused: () => refusals().size > 0,
    /** In the handler of a press. */
    play
  } as const
}

export type VoicePlayback = ReturnType<typeof createVoicePlayback>
