import { createMemo, For, Show } from "solid-js"
import { partsOf } from "../i18n/isolated.js"

/** A sentence with names in it, each in a `<bdi>` of its own: `isolated` marks them. */
export const Sentence = (props: { readonly text: string }) => {
  // The same text again rebuilds nothing.
  const text = createMemo(() => props.text)
  return (
    <For each={partsOf(text())}>
      {(part) => (
        <Show when={part.isolated} fallback={part.text}>
          <bdi>{part.text}</bdi>
        </Show>
      )}
    </For>
  )
}
