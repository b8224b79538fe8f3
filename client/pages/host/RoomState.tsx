import { Show } from "solid-js"
import { hostStatus } from "../../i18n/hostStatus.js"
import { t } from "../../i18n/t.js"
import { createElapsed } from "../../solid/createElapsed.js"
import { StatusDot } from "../../ui/StatusDot.js"
import type { HostModel } from "./createHost.js"
import css from "./RoomState.module.css"

/** The state of the session, and whether it is recorded. */
export const RoomState = (props: { readonly model: HostModel; readonly onRecordings: () => void }) => {
  const status = () => hostStatus(props.model.state(), props.model.inside().length)
  const elapsed = createElapsed(() => {
    const current = props.model.recording.state()
    return current._tag === "Recording" ? current.since : undefined
  })
  return (
    <p class={css.state}>
      <span class={css.status} role="status">
        <StatusDot tone={status().tone} />
        <strong>{status().title}</strong>
        <span>{t.host.count(props.model.inside().length)}</span>
      </span>
      <Show when={elapsed()}>
        <button type="button" class={css.recording} onClick={() => props.onRecordings()}>
          {t.recording.chip(elapsed())}
        </button>
      </Show>
    </p>
  )
}
