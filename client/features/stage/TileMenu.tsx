import { createSignal, createUniqueId, For, type JSX } from "solid-js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { Icon, type IconName } from "../../ui/Icon.js"
import { IconButton } from "../../ui/IconButton.js"
import { Sentence } from "../../ui/Sentence.js"
import css from "./TileMenu.module.css"

/** One thing to do with a guest. */
export interface TileAction {
  readonly icon: IconName
  /** What a press does: the button's text. */
  readonly label: string
  /** For what is switched on and off by the same press: whether it is on. */
  readonly pressed?: boolean | undefined
  readonly do: () => void
}

/** How far the menu keeps from its button and from the edges of the page, in pixels. */
const gap = 4

/** Below the button if there is room, else above it, and always within the page. */
const place = (menu: HTMLElement, button: HTMLElement) => {
  const at = button.getBoundingClientRect()
  const { height, width } = menu.getBoundingClientRect()
  const below = at.bottom + gap
  const top = below + height + gap <= window.innerHeight ? below : at.top - gap - height
  menu.style.setProperty("top", `${Math.max(gap, top)}px`)
  menu.style.setProperty("left", `${Math.max(gap, Math.min(at.right - width, window.innerWidth - width - gap))}px`)
}

/** What can be done with one guest, behind a button that every hand and keyboard reaches. */
export const TileMenu = (props: {
  readonly name: string
  readonly actions: ReadonlyArray<TileAction>
}): JSX.Element => {
  const id = createUniqueId()
  let button: HTMLElement | undefined
  let menu: HTMLElement | undefined
  /**
   * The actions at the time the menu was opened. They stay until it is closed, so that no button moves before it is
   * pressed. A closed menu has none, since nobody looks at it.
   */
  const [shown, setShown] = createSignal<ReadonlyArray<TileAction>>([])
  return (
    <>
      <span
        class={css.opener}
        ref={(element) => {
          button = element
        }}
      >
        <IconButton icon="more" label={t.host.moreFor(isolated(props.name))} popovertarget={id} />
      </span>
      <ul
        id={id}
        class={css.menu}
        popover="auto"
        aria-label={t.host.moreFor(props.name)}
        ref={(element) => {
          menu = element
        }}
        onBeforeToggle={(event) => {
          if (event.newState !== "open") return
          setShown(props.actions)
          // In the next frame it has a size, and was not painted yet.
          requestAnimationFrame(() => {
            if (menu === undefined || button === undefined) return
            place(menu, button)
            menu.querySelector("button")?.focus()
          })
        }}
        // Only once it is closed: before that the focus, which goes back to the button, is inside.
        onToggle={(event) => event.newState === "closed" && setShown([])}
      >
        <For each={shown()}>
          {(action) => (
            <li>
              <button
                class={css.action}
                type="button"
                aria-pressed={action.pressed}
                onClick={() => {
                  menu?.hidePopover()
                  action.do()
                }}
              >
                <Icon name={action.icon} />
                <span>
                  <Sentence text={action.label} />
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  )
}
