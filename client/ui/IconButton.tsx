import { type JSX, splitProps } from "solid-js"
import { unmarked } from "../i18n/isolated.js"
import { Icon, type IconName } from "./Icon.js"
import css from "./IconButton.module.css"

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName
  /** What a press does: the button's name, and the hint that shows it. A name in it may be `isolated`. */
  readonly label: string
  readonly pressed?: boolean | undefined
}

/** A small button with only an icon, for places without room for text. */
export const IconButton = (props: IconButtonProps) => {
  const [own, rest] = splitProps(props, ["icon", "label", "pressed"])
  return (
    <button
      type="button"
      {...rest}
      class={css.button}
      aria-label={unmarked(own.label)}
      aria-pressed={own.pressed}
      data-hint={own.label}
    >
      <Icon name={own.icon} />
    </button>
  )
}
