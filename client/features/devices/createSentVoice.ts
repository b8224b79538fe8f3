import { type Accessor, createEffect } from "solid-js"
import { mixSounds } from "../../media/mixSounds.js"
import { createOpened } from "../../solid/createOpened.js"

/**
 * What is sent as this person's voice: the microphone, and with it the sound of a shared screen while there is one. A
 * microphone that is muted or closed leaves that sound as it is.
 */
export const createSentVoice = (
  microphone: Accessor<MediaStreamTrack | null>,
  sound: Accessor<MediaStreamTrack | null>
): Accessor<MediaStreamTrack | null> => {
  const mixed = createOpened<MediaStreamTrack, never>()
  createEffect(() => {
    const [voice, beside] = [microphone(), sound()]
    if (beside === null) mixed.close()
    else mixed.open(mixSounds(voice === null ? [beside] : [voice, beside]))
  })
  return () => mixed.current() ?? microphone()
}
