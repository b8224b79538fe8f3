import { type Accessor, createEffect } from "solid-js"
import { mixMicrophoneAndScreen } from "../../media/mixMicrophoneAndScreen.js"
import { createOpened } from "../../solid/createOpened.js"

/**
 * What is sent as this person's voice: the microphone, and with it the sound of a shared screen while there is one. A
 * microphone that is muted or closed leaves that sound as it is.
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
