import { Show } from "solid-js"
import { MediaButtons } from "../../features/devices/MediaButtons.js"
import { ScreenButton } from "../../features/devices/ScreenButton.js"
import { t } from "../../i18n/t.js"
import type { FullScreen } from "../../solid/createFullScreen.js"
import { ToolButton } from "../../ui/ToolButton.js"
import { Toolbar } from "../../ui/Toolbar.js"
import type { GuestModel } from "./createGuest.js"

/** What the panel beside the stage shows. */
export type Side = "chat" | "people" | "settings"

interface ToolsProps {
  readonly model: GuestModel
  /** Which panels can be opened. */
  readonly openable: Readonly<Record<Side, boolean>>
  /** Which panel is open. */
  readonly side: Side | undefined
  readonly onToggle: (side: Side) => void
  /** The hand can be raised. */
  readonly canRaiseHand: boolean
  readonly fullScreen: FullScreen
  /** The page can enter or leave full screen. */
  readonly canFillScreen: boolean
  /** The video for picture-in-picture. */
  readonly video: HTMLVideoElement | undefined
}

/** The guest's controls: only those that do something now. */
export const Tools = (props: ToolsProps) => (
  <Toolbar label={t.guest.tools()}>
    <Show when={!props.model.over()}>
      <MediaButtons microphone={props.model.microphone} camera={props.model.camera} />
    </Show>
    <Show when={props.model.company() || props.model.screen.track() !== null}>
      <ScreenButton screen={props.model.screen} />
    </Show>
    <Show when={props.canRaiseHand}>
      <ToolButton
        icon="hand"
        label={props.model.call.hand() ? t.guest.handLower() : t.guest.hand()}
        active={props.model.call.hand()}
        aria-keyshortcuts="H"
        onClick={props.model.call.toggleHand}
      />
    </Show>
    <Show when={props.openable.people}>
      <ToolButton
        icon="people"
        label={t.common.people()}
        pressed={props.side === "people"}
        aria-keyshortcuts="P"
        onClick={() => props.onToggle("people")}
      />
    </Show>
    <Show when={props.openable.chat}>
      <ToolButton
        icon="chat"
        label={t.chat.title()}
        pressed={props.side === "chat"}
        count={props.model.call.chat.unread.count()}
        aria-keyshortcuts="C"
        onClick={() => props.onToggle("chat")}
      />
    </Show>
    <Show when={document.pictureInPictureEnabled && props.model.call.incoming() !== null && props.video}>
      {(shown) => <ToolButton icon="pip" label={t.guest.pip()} onClick={() => void floatOrReturn(shown())} />}
    </Show>
    <Show when={props.canFillScreen}>
      <ToolButton
        icon="fullscreen"
        label={props.fullScreen.on() ? t.guest.fullScreenEnd() : t.guest.fullScreen()}
        aria-keyshortcuts="F"
        onClick={props.fullScreen.toggle}
      />
    </Show>
    <Show when={props.openable.settings}>
      <ToolButton
        icon="settings"
        label={t.guest.settings()}
        pressed={props.side === "settings"}
        onClick={() => props.onToggle("settings")}
      />
    </Show>
    <ToolButton icon="leave" variant="leave" label={t.guest.leave()} onClick={props.model.leave} />
  </Toolbar>
)

/** Toggles picture-in-picture. If the browser refuses, as before the first frame, nothing changes. */
const floatOrReturn = async (video: HTMLVideoElement) => {
  const done =
    document.pictureInPictureElement === null ? video.requestPictureInPicture() : document.exitPictureInPicture()
  await Promise.resolve(done).catch(() => undefined)
}
