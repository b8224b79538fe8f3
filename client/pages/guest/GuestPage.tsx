import { createEffect, Show } from "solid-js"
import { guestStatus } from "../../i18n/guestStatus.js"
import { t } from "../../i18n/t.js"
import type { GuestModel } from "./createGuest.js"
import { Lobby } from "./Lobby.js"
import { roomPart } from "./roomPart.js"

/** The guest's page: the lobby before and after the call, the room in it. */
export const GuestPage = (props: { readonly model: GuestModel }) => {
  createEffect(() => {
    const title = props.model.inside()
      ? guestStatus(props.model.state(), props.model.call.sending()).title
      : t.guest.heading()
    const first = props.model.inside() ? props.model.attention.title() : ""
    document.title = `${first}${title} · ${t.common.product()}`
  })
  return (
    <Show when={props.model.inRoom() && roomPart.current()} fallback={<Lobby model={props.model} />}>
      {(part) => {
        const { Room } = part()
        return <Room model={props.model} />
      }}
    </Show>
  )
}
