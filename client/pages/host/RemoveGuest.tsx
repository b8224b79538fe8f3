import { Show } from "solid-js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import type { GuestView } from "../../rtc/States.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import ask from "../../ui/Dialog.module.css"
import type { HostModel } from "./createHost.js"

/** Asks before a guest is removed, and states the limit: a browser is refused, not a person. */
export const RemoveGuest = (props: {
  /** Undefined: nobody is to be removed. */
  readonly guest: GuestView | undefined
  readonly locked: boolean
  readonly model: Pick<HostModel, "remove">
  readonly onClose: () => void
}) => {
  const remove = (lock: boolean) => {
    const { guest } = props
    props.onClose()
    if (guest === undefined) return
    props.model.remove(guest.peer.id, lock)
  }
  return (
    <Dialog
      open={props.guest !== undefined}
      title={t.host.confirmRemove(isolated(props.guest?.peer.name ?? ""))}
      detail={props.locked ? t.host.confirmRemoveLocked() : t.host.confirmRemoveDetail()}
      onClose={props.onClose}
    >
      <div class={ask.answers}>
        <Button onClick={() => props.onClose()}>{t.common.cancel()}</Button>
        <Button variant="danger" onClick={() => remove(false)}>
          {t.host.remove()}
        </Button>
        <Show when={!props.locked}>
          <Button variant="danger" onClick={() => remove(true)}>
            {t.host.removeAndLock()}
          </Button>
        </Show>
      </div>
    </Dialog>
  )
}
