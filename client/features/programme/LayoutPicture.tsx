import { For, Show } from "solid-js"
import { arrange } from "../../media/programme/arrange.js"
import { programmeSize, type Scene } from "../../media/programme/scene.js"
import css from "./LayoutPicture.module.css"

/** A small drawing of a scene's arrangement. */
export const LayoutPicture = (props: { readonly scene: Scene }) => {
  const arrangement = () => arrange(props.scene)
  return (
    <svg class={css.picture} viewBox={`0 0 ${programmeSize.width} ${programmeSize.height}`} aria-hidden="true">
      <Show when={arrangement().screen}>{(box) => <rect class={css.screen} {...box()} rx="32" />}</Show>
      <For each={arrangement().tiles}>{({ box }) => <rect class={css.person} {...box} rx="32" />}</For>
      <Show when={arrangement().more}>{(more) => <rect class={css.more} {...more().box} rx="32" />}</Show>
    </svg>
  )
}
