import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { makePlayback, type Playback } from "../../media/playback.js"
import { onPress } from "../../media/presses.js"
import { sameOrder } from "../../solid/same.js"

/**
 * The voices of others, each in an `<audio>` of its own: a `<video>` with sound plays nothing in Chromium until its first
 * frame comes, so a person without a camera would not be heard.
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
    const now = new Set(refusals())
    if (is) now.add(id)
    else now.delete(id)
    setRefusals(now)
  }

  const play = () => {
    for (const playback of playing.values()) playback.play()
  }
  const shown = () => {
    if (!document.hidden) play()
  }
  // Any press lets a page sound; a page that shows again may have been interrupted meanwhile.
  onCleanup(onPress(play))
  document.addEventListener("visibilitychange", shown)
  onCleanup(() => document.removeEventListener("visibilitychange", shown))

  return {
    ids: createMemo(() => [...voices().keys()], [], { equals: sameOrder }),
    /** Gives one voice its element, for as long as the owner that asks lives. */
    attach: (id: string, element: HTMLAudioElement) => {
      const playback = makePlayback(element, (is) => refuse(id, is))
      playing.set(id, playback)
      const track = createMemo(() => voices().get(id) ?? null)
      createEffect(() => playback.setSink(sinkId()))
      // Of the track alone: a refusal, which this reads too, would begin the same voice again and be refused again, forever.
      createEffect(on(track, (now) => playback.setStream(now === null ? null : new MediaStream([now]))))
      onCleanup(() => {
        playing.delete(id)
        playback.close()
      })
    },
    /** The browser wants a press of the person before it plays any sound. */
    refused: () => refusals().size > 0,
    /** In the handler of a press. */
    play
  } as const
}

export type VoicePlayback = ReturnType<typeof createVoicePlayback>
