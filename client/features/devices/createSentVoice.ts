import { type Accessor, createEffect } from "solid-js"
import { mixMicrophoneAndScreen } from "../../media/mixMicrophoneAndScreen.js"
import { createOpened } from "../../solid/createOpened.js"

/**
 * What is sent as this person's voice: the microphone, mixed with the sound of a shared screen while there is one.
 * Muting or closing the microphone does not change that sound.
 */
export const createSentVoice = (
  microphone: Accessor<MediaStreamTrack | null>,
  screenSound: Accessor<MediaStreamTrack | null>
): Accessor<MediaStreamTrack | null> => {
  const mixed = createOpened<MediaStreamTrack, never>()
  createEffect(() => {
    const [voice, sound] = [microphone(), screenSound()]
    if (sound === null) mixed.close()
    else mixed.open(mixMicrophoneAndScreen(voice === null ? [sound] : [voice, sound]))
  })
  return () => mixed.current() ?? microphone()
}
