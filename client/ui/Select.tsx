import { createUniqueId, Index, Show } from "solid-js"
import css from "./Field.module.css"

/** One option of a picker. */
export interface Choice {
  readonly value: string
  readonly label: string
  /** The language of the label, if it is not the page's. */
  readonly lang?: string
}

/** Picks one of few: a device, a language. */
export const Select = (props: {
  readonly label: string
  readonly choices: ReadonlyArray<Choice>
  readonly value: string
  readonly onPick: (value: string) => void
  /** The state of what was picked, such as muted. */
  readonly note?: string | undefined
}) => {
  const id = createUniqueId()
  return (
    <div class={css.field}>
      <label class={css.label} for={id}>
        {props.label}
      </label>
      <Show when={props.note}>
        <span class={css.note} id={`${id}-note`}>
          {props.note}
        </span>
      </Show>
      <select
        id={id}
        class={css.select}
        aria-describedby={props.note === undefined ? undefined : `${id}-note`}
        onChange={(event) => props.onPick(event.currentTarget.value)}
      >
        {/* `Index` keeps the elements by position: an open list stays as it is while its options stay the same. */}
        <Index each={props.choices}>
          {(choice) => (
            <option value={choice().value} lang={choice().lang} selected={choice().value === props.value}>
              {choice().label}
            </option>
          )}
        </Index>
      </select>
    </div>
  )
}
