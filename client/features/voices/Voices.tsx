import { For } from "solid-js"
import type { VoicePlayback } from "./createVoicePlayback.js"

/** Plays the voices of others. It shows nothing, and is at the top of a room, so that no picture's place matters. */
export const Voices = (props: { readonly voices: VoicePlayback }) => (
  <For each={props.voices.ids()}>{(id) => <Voice id={id} voices={props.voices} />}</For>
)

const Voice = (props: { readonly id: string; readonly voices: VoicePlayback }) => (
  // biome-ignore lint/a11y/useMediaCaption: the live voice of a person has no captions to offer.
  <audio data-voice={props.id} autoplay ref={(element) => props.voices.attach(props.id, element)} />
)
