import { type JSX, splitProps } from "solid-js"
import css from "./Button.module.css"

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main`: the one thing to do here. `plain`: one of several. `danger`: ends something. */
  readonly variant?: "main" | "plain" | "danger"
  readonly wide?: boolean
}

/** A button. It submits no form unless `type` is `submit`. */
export const Button = (props: ButtonProps) => {
  const [own, rest] = splitProps(props, ["variant", "wide", "class"])
  return (
    <button
      type="button"
      {...rest}
      class={css[own.variant ?? "plain"]}
      classList={{ [css.wide ?? ""]: own.wide ?? false }}
    />
  )
}
