import { createEffect, Show } from "solid-js"
import { guestStatus } from "../../i18n/guestStatus.js"
import { t } from "../../i18n/t.js"
import type { GuestModel } from "./createGuest.js"
import { Lobby } from "./Lobby.js"
import { roomPart } from "./roomPart.js"

/** The guest's page: the lobby before and after the call, the room during it. */
export const GuestPage = (props: { readonly model: GuestModel }) => {
  createEffect(() => {
    const title = props.model.inCall()
      ? guestStatus(props.model.state(), props.model.call.sending()).title
      : t.guest.heading()
    const attentionPrefix = props.model.inCall() ? props.model.attention.title() : ""
    document.title = `${attentionPrefix}${title} · ${t.common.product()}`
  })
  return (
    <Show when={props.model.roomShown() && roomPart.current()} fallback={<Lobby model={props.model} />}>
      {(part) => {
        const { Room } = part()
        return <Room model={props.model} />
      }}
    </Show>
  )
}
