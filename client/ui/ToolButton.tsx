import { type JSX, Show, splitProps } from "solid-js"
import { unhyphenated } from "../i18n/isolated.js"
import { Icon, type IconName } from "./Icon.js"
import css from "./ToolButton.module.css"

interface ToolButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName
  /**
   * What a press does: the accessible name, and the same text below the icon, so that speech input can use what is
   * seen.
   */
  readonly label: string
  /** For a toggle whose label stays the same: whether it is on. */
  readonly pressed?: boolean | undefined
  /** For a toggle whose label changes: whether it is on. With `pressed` too, screen readers would say it twice. */
  readonly active?: boolean | undefined
  /** Its device is off, such as a muted microphone. */
  readonly off?: boolean | undefined
  /** How many things wait behind it, such as unread messages. */
  readonly count?: number | undefined
  readonly variant?: "plain" | "leave" | "record"
}

/** A button of a toolbar: an icon with its caption. */
export const ToolButton = (props: ToolButtonProps) => {
  const [own, rest] = splitProps(props, ["icon", "label", "pressed", "active", "off", "count", "variant", "class"])
  const name = () => unhyphenated(own.label)
  const hint = () => {
    const key = props["aria-keyshortcuts"]
    return key === undefined ? name() : `${name()} (${key})`
  }
  return (
    <button
      type="button"
      {...rest}
      class={css.tool}
      data-hint={hint()}
      data-variant={own.variant ?? "plain"}
      data-off={own.off ? "" : undefined}
      data-active={own.active || own.pressed ? "" : undefined}
      aria-pressed={own.pressed}
      aria-label={(own.count ?? 0) > 0 ? `${name()} (${own.count})` : name()}
    >
      <span class={css.face}>
        <Icon name={own.icon} />
        <Show when={(own.count ?? 0) > 0}>
          <span class={css.count} aria-hidden="true">
            {own.count}
          </span>
        </Show>
      </span>
      <span class={css.label} aria-hidden="true">
        {own.label}
      </span>
    </button>
  )
}
