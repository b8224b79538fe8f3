import { createUniqueId } from "solid-js"
import css from "./Switch.module.css"

/** A setting that is on or off, with a sentence that explains it. */
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
          // It shows the state, not the request.
          event.currentTarget.checked = props.on
          props.onChange(checked)
        }}
      />
      <label for={id}>{props.label}</label>
      <p id={`${id}-detail`}>{props.detail}</p>
    </div>
  )
}
