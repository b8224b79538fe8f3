import { Show } from "solid-js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import type { DeviceModel } from "./createDevice.js"
import type { SpokenMutedModel } from "./createSpokenMuted.js"

/** Tells a person who speaks while muted, with a button that unmutes. */
export const SpokenMuted = (props: {
  readonly microphone: Pick<DeviceModel, "turnOn">
  readonly spokenMuted: SpokenMutedModel
}) => (
  <Show when={props.spokenMuted.spoken()}>
    <Notice status={statusText("warn", t.media.spokenMuted)} closable onClose={props.spokenMuted.dismiss}>
      <Button onClick={() => props.microphone.turnOn()}>{t.media.spokenMuted.mend()}</Button>
    </Notice>
  </Show>
)
