import { Show } from "solid-js"
import { MediaButtons } from "../../features/devices/MediaButtons.js"
import { ScreenButton } from "../../features/devices/ScreenButton.js"
import { SelfView } from "../../features/devices/SelfView.js"
import { t } from "../../i18n/t.js"
import { ToolButton } from "../../ui/ToolButton.js"
import { Toolbar } from "../../ui/Toolbar.js"
import type { HostModel } from "./createHost.js"
import type { Side } from "./SidePanel.js"
import css from "./Tools.module.css"

interface ToolsProps {
  readonly model: HostModel
  /** Which panel is open. */
  readonly side: Side | undefined
  readonly onToggle: (side: Side) => void
  /** Begins a recording, or ends the one that runs. */
  readonly onRecord: () => void
  readonly onLeave: () => void
}

/** The host's controls, and beside them the host's own picture. */
export const Tools = (props: ToolsProps) => (
  <Toolbar label={t.host.tools()}>
    <MediaButtons microphone={props.model.microphone} camera={props.model.camera} />
    <ScreenButton screen={props.model.screen} />
    <ToolButton
      icon="layout"
      label={t.host.layout.title()}
      pressed={props.side === "layout"}
      onClick={() => props.onToggle("layout")}
    />
    <ToolButton
      icon={props.model.records() ? "stop" : "record"}
      variant="record"
      label={props.model.records() ? t.recording.stop() : t.recording.start()}
      active={props.model.records()}
      onClick={props.onRecord}
    />
    <ToolButton
      icon="people"
      label={t.common.people()}
      pressed={props.side === "people"}
      count={props.model.waiting().length}
      aria-keyshortcuts="P"
      onClick={() => props.onToggle("people")}
    />
    <ToolButton
      icon="chat"
      label={t.chat.title()}
      pressed={props.side === "chat"}
      count={props.model.chat.unread.count()}
      aria-keyshortcuts="C"
      onClick={() => props.onToggle("chat")}
    />
    <ToolButton
      icon="link"
      label={t.host.inviteTitle()}
      pressed={props.side === "invite"}
      onClick={() => props.onToggle("invite")}
    />
    <ToolButton
      icon="settings"
      label={t.host.settings()}
      pressed={props.side === "settings"}
      onClick={() => props.onToggle("settings")}
    />
    <ToolButton icon="leave" variant="leave" label={t.host.leave()} onClick={props.onLeave} />
    <Show when={props.model.camera.track()}>
      {(track) => (
        <div class={css.self}>
          <SelfView track={track()} placeholder={t.media.cameraOff()} small />
        </div>
      )}
    </Show>
  </Toolbar>
)
