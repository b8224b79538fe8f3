import { createUniqueId } from "solid-js"
import css from "./Switch.module.css"

/** Something that is on or off, with a sentence on what that means. */
export const Switch = (props: {
  readonly label: string
  readonly detail: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) => {
  const id = createUniqueId()
  return (
    <div class={css.switch}>
      <input
        id={id}
        type="checkbox"
        checked={props.on}
        aria-describedby={`${id}-detail`}
        onChange={(event) => {
          const { checked } = event.currentTarget
          // It shows what is, not what was asked for.
          event.currentTarget.checked = props.on
          props.onChange(checked)
        }}
      />
      <label for={id}>{props.label}</label>
      <p id={`${id}-detail`}>{props.detail}</p>
    </div>
  )
}
