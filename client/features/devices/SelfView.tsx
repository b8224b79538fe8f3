import { createMemo, Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { Video } from "../../ui/Video.js"
import css from "./SelfView.module.css"

/** A person's own picture, mirrored, or a sentence if there is none. */
export const SelfView = (props: {
  readonly track: MediaStreamTrack | null
  /** Shown if there is no picture. */
  readonly placeholder: string
  readonly small?: boolean
}) => {
  const stream = createMemo(() => (props.track === null ? null : new MediaStream([props.track])))
  return (
    <div class={css.mirror} data-small={props.small ? "" : undefined}>
      <Show when={stream()} fallback={<p class={css.words}>{props.placeholder}</p>}>
        {(own) => <Video stream={own()} mirrored label={t.media.self()} />}
      </Show>
    </div>
  )
}
