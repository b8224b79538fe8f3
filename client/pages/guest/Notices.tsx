import { Show } from "solid-js"
import type { SpokenMutedModel } from "../../features/devices/createSpokenMuted.js"
import { DeviceTroubles } from "../../features/devices/DeviceTroubles.js"
import { SpokenMuted } from "../../features/devices/SpokenMuted.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import room from "../../styles/room.module.css"
import { Notice } from "../../ui/Notice.js"
import type { GuestModel } from "./createGuest.js"

/** What the guest has to know at once, each with the button that answers it. */
export const Notices = (props: { readonly model: GuestModel; readonly spokenMuted: SpokenMutedModel }) => (
  <div class={room.notices}>
    <DeviceTroubles devices={props.model} />
    <div class={room.notices} aria-live="polite">
      <Show when={props.model.soundMissing()}>{(words) => <Notice status={words()} closable />}</Show>
      <Show when={props.model.mutedByHost()}>
        <Notice status={statusText("warn", t.guest.mutedByHost)} closable />
      </Show>
      <SpokenMuted microphone={props.model.microphone} spokenMuted={props.spokenMuted} />
      <Show when={props.model.call.handLowered()}>
        <Notice status={{ tone: "still", title: t.guest.handLowered(), detail: "" }} closable transient />
      </Show>
      <Show when={props.model.screen.refused()}>
        <Notice status={statusText("warn", t.media.shareRefused)} closable />
      </Show>
    </div>
  </div>
)
