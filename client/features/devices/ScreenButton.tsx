import { Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { ToolButton } from "../../ui/ToolButton.js"
import type { ScreenModel } from "./createScreen.js"

/** Shares a screen, and stops it, in browsers that can. */
export const ScreenButton = (props: { readonly screen: ScreenModel }) => {
  const shares = () => props.screen.track() !== null
  return (
    <Show when={props.screen.supported}>
      <ToolButton
        icon={shares() ? "screenOff" : "screen"}
        label={shares() ? t.media.shareStop() : t.media.share()}
        active={shares()}
        onClick={props.screen.toggle}
      />
    </Show>
  )
}
