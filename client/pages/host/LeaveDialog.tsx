import { createUniqueId, type JSX, Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import type { HostModel } from "./createHost.js"
import css from "./LeaveDialog.module.css"

/** How the host leaves: for a while, or for good, which ends the session for all. */
export const LeaveDialog = (props: {
  readonly model: Pick<HostModel, "leave" | "end" | "records">
  readonly open: boolean
  readonly onClose: () => void
}) => {
  const go = (how: () => void) => {
    props.onClose()
    how()
  }
  return (
    <Dialog open={props.open} title={t.host.leaveTitle()} detail={t.host.leaveDetail()} onClose={props.onClose}>
      <Show when={props.model.records()}>
        <p class={css.records}>{t.host.leaveRecording()}</p>
      </Show>
      <Way variant="main" name={t.host.leave()} means={t.host.leaveMeans()} onPick={() => go(props.model.leave)} />
      <Way variant="danger" name={t.host.end()} means={t.host.endMeans()} onPick={() => go(props.model.end)} />
      <Button onClick={() => props.onClose()}>{t.common.cancel()}</Button>
    </Dialog>
  )
}

/** One answer, and its consequence. */
const Way = (props: {
  readonly variant: "main" | "danger"
  readonly name: JSX.Element
  readonly means: string
  readonly onPick: () => void
}) => {
  const id = createUniqueId()
  return (
    <div class={css.way}>
      <Button variant={props.variant} aria-describedby={id} onClick={() => props.onPick()}>
        {props.name}
      </Button>
      <p id={id}>{props.means}</p>
    </div>
  )
}
