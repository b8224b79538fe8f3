import { createUniqueId, For } from "solid-js"
import { t } from "../../i18n/t.js"
import type { ProgrammeLayout, Scene } from "../../media/programme/scene.js"
import css from "./LayoutPicker.module.css"
import { LayoutPicture } from "./LayoutPicture.js"

const layouts = ["everyone", "speaker", "one", "screen"] as const

/** Picks the layout, by small pictures of how each would place those who are in. */
export const LayoutPicker = (props: { readonly scene: Scene; readonly onPick: (layout: ProgrammeLayout) => void }) => {
  const name = createUniqueId()
  const example = (layout: ProgrammeLayout): Scene => ({
    ...props.scene,
    layout,
    sharer: props.scene.sharer ?? props.scene.people[0]?.id ?? null
  })
  return (
    <fieldset class={css.picker}>
      <legend class={css.legend}>{t.host.layout.title()}</legend>
      <For each={layouts}>
        {(layout) => (
          <label class={css.choice}>
            <input
              type="radio"
              name={name}
              checked={props.scene.layout === layout}
              disabled={layout === "screen" && props.scene.sharer === null}
              onChange={() => props.onPick(layout)}
            />
            <LayoutPicture scene={example(layout)} />
            {t.host.layout[layout]()}
          </label>
        )}
      </For>
    </fieldset>
  )
}
