import { createUniqueId, type JSX, Show, splitProps } from "solid-js"
import css from "./Field.module.css"

interface FieldProps extends JSX.InputHTMLAttributes<HTMLInputElement> {
  readonly label: string
  /** What is wrong with what was typed. */
  readonly error?: string | undefined
}

/** A labelled text field. */
export const Field = (props: FieldProps) => {
  const id = createUniqueId()
  const [own, rest] = splitProps(props, ["label", "error"])
  return (
    <div class={css.field}>
      <label class={css.label} for={id}>
        {own.label}
      </label>
      <input
        {...rest}
        id={id}
        class={css.input}
        aria-invalid={own.error === undefined ? undefined : "true"}
        aria-describedby={own.error === undefined ? undefined : `${id}-error`}
      />
      <Show when={own.error}>
        {(error) => (
          <p class={css.error} id={`${id}-error`} role="alert">
            {error()}
          </p>
        )}
      </Show>
    </div>
  )
}
