import { createSignal, Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { hostVoice } from "../../media/mixMinus.js"
import type { ProgrammeLayout, Scene } from "../../media/programme/scene.js"
import { IconButton } from "../../ui/IconButton.js"
import { Select } from "../../ui/Select.js"
import { Video } from "../../ui/Video.js"
import { LayoutPicker } from "./LayoutPicker.js"
import css from "./ProgrammePanel.module.css"

/** The picker's value for the active speaker. */
const whoeverSpeaks = ""

/** What guests see, and how it is laid out. */
export const ProgrammePanel = (props: {
  readonly scene: Scene
  /** The picture. Null while it is not composed. */
  readonly stream: MediaStream | null
  /** It could not be composed, as a notice reports. */
  readonly failed: boolean
  /** Guests get it: there are two or more. */
  readonly sent: boolean
  /** Whom the host has pinned. */
  readonly pinned: string | null
  readonly onPick: (layout: ProgrammeLayout) => void
  readonly onPin: (person: string | null) => void
  readonly onWindow: () => void
}) => {
  const [picture, setPicture] = createSignal<HTMLElement>()
  const alone = () => props.scene.people.length < 2
  const explained = () => {
    if (alone()) return t.host.layout.nobody()
    return props.sent ? t.host.layout.sent() : t.host.layout.direct()
  }
  const fullScreen = () =>
    void picture()
      ?.requestFullscreen()
      .catch(() => undefined)
  const people = () => [
    { value: whoeverSpeaks, label: t.host.layout.whoeverSpeaks() },
    ...props.scene.people.map(({ id, name }) => ({
      value: id,
      label: id === hostVoice ? t.host.layout.yourself() : name
    }))
  ]
  return (
    <>
      <Show when={!alone()}>
        <div class={css.picture} ref={setPicture}>
          <Video stream={props.stream} fit="contain" label={t.host.layout.picture()} />
          <Show when={props.stream === null && !props.failed}>
            <p class={css.wait}>{t.host.layout.starting()}</p>
          </Show>
        </div>
      </Show>
      <div class={css.foot}>
        <p>{explained()}</p>
        <Show when={!alone()}>
          <IconButton icon="popout" label={t.host.layout.window()} onClick={() => props.onWindow()} />
          <Show when={document.fullscreenEnabled}>
            <IconButton icon="fullscreen" label={t.host.layout.fullScreen()} onClick={fullScreen} />
          </Show>
        </Show>
      </div>
      <LayoutPicker scene={props.scene} onPick={props.onPick} />
      <Show when={props.scene.layout === "speaker" || props.scene.layout === "one"}>
        <Select
          label={props.scene.layout === "one" ? t.host.layout.whoIsSeen() : t.host.layout.whoIsLarge()}
          choices={people()}
          value={props.pinned ?? whoeverSpeaks}
          onPick={(id) => props.onPin(id === whoeverSpeaks ? null : id)}
        />
      </Show>
    </>
  )
}
