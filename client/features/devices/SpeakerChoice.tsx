import { Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { Select } from "../../ui/Select.js"
import type { SpeakerModel } from "./createSpeaker.js"

/** Picks the speaker, in browsers that let a page choose. */
export const SpeakerChoice = (props: { readonly speaker: SpeakerModel }) => (
  <Show when={props.speaker.supported}>
    <Select
      label={t.media.speaker()}
      choices={props.speaker.choices()}
      value={props.speaker.value()}
      onPick={props.speaker.pick}
    />
  </Show>
)
