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
  /** What a press does, in words that stand on the button. */
  readonly label: string
  /** For what is switched on and off by the same press: whether it is on. */
  readonly pressed?: boolean | undefined
  readonly do: () => void
}

/** How far the menu keeps from its button and from the edges of the page, in pixels. */
const gap = 4

/** Below the button where there is room, else above it, and never beyond the page. */
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
   * What there was to do when the menu was opened: it stands as it is until it is closed, so that what is about to be
   * pressed never moves. A page with many guests need not build what nobody looks at.
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
          // It has a size by then and was not painted yet.
          requestAnimationFrame(() => {
            if (menu === undefined || button === undefined) return
            place(menu, button)
            menu.querySelector("button")?.focus()
          })
        }}
        // Not before it is closed: the focus goes back to the button from what it is in.
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
