import { createEffect, createSignal, Match, onCleanup, Show, Switch } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { SoundsSwitch } from "../../features/attention/SoundsSwitch.js"
import { Chat } from "../../features/chat/Chat.js"
import { DeviceSettings } from "../../features/devices/DeviceSettings.js"
import { DeviceTroubles } from "../../features/devices/DeviceTroubles.js"
import { MediaButtons } from "../../features/devices/MediaButtons.js"
import { ScreenButton } from "../../features/devices/ScreenButton.js"
import { createShortcuts } from "../../features/shortcuts/createShortcuts.js"
import { ShortcutList } from "../../features/shortcuts/ShortcutList.js"
import { Voices } from "../../features/voices/Voices.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import { wroteText } from "../../i18n/wroteText.js"
import { createFullScreen } from "../../solid/createFullScreen.js"
import room from "../../styles/room.module.css"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import { Panel } from "../../ui/Panel.js"
import { ToolButton } from "../../ui/ToolButton.js"
import { Toolbar } from "../../ui/Toolbar.js"
import type { GuestModel } from "./createGuest.js"
import { PeoplePanel } from "./PeoplePanel.js"
import css from "./Room.module.css"
import { Stage } from "./Stage.js"

type Side = "chat" | "people" | "settings"

/** In the call: the host on the stage, the guest in a corner, and everything within reach of a thumb. */
export const Room = (props: { readonly model: GuestModel }) => {
  const [side, setSide] = createSignal<Side>()
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const toggle = (wanted: Side) => setSide((now) => (now === wanted ? undefined : wanted))
  const close = () => setSide(undefined)
  createEffect(() => props.model.call.chat.setOpen(side() === "chat"))
  onCleanup(() => props.model.call.chat.setOpen(false))
  /** The service calls a host who gives no name by that word. */
  const hostName = () => {
    const name = props.model.call.hostName()
    return name === "Host" ? null : name
  }
  const people = () => props.model.call.said().participants
  const waitingChat = () => {
    if (!props.model.call.live()) return t.guest.waitingChat()
    return props.model.call.chat.slowed() ? t.chat.slowed() : undefined
  }
  const fullScreen = createFullScreen()
  const shortcuts = createShortcuts(
    [
      { key: "m", label: t.keys.microphone, press: props.model.microphone.toggle },
      { key: "v", label: t.keys.camera, press: props.model.camera.toggle },
      { key: "h", label: t.keys.hand, press: props.model.call.toggleHand },
      { key: "c", label: t.keys.chat, press: () => toggle("chat") },
      { key: "p", label: t.keys.people, press: () => toggle("people") },
      ...(fullScreen.supported ? [{ key: "f", label: t.keys.fullScreen, press: fullScreen.toggle }] : [])
    ],
    close
  )
  return (
    <>
      <Brand small>
        <p class={css.host}>
          <Show when={hostName()}>
            {(name) => (
              <>
                {t.guest.host()} <bdi>{name()}</bdi>
              </>
            )}
          </Show>
          <Show when={people()}>{(now) => <span class={css.count}>{t.guest.count(now().total)}</span>}</Show>
        </p>
      </Brand>
      <Voices voices={props.model.voices} />
      <main class={room.room} data-room="">
        <div class={room.middle}>
          <div class={room.stage}>
            <h1 class={room.hidden}>{t.guest.joined()}</h1>
            <Stage model={props.model} onVideo={setVideo} />
            <Notices model={props.model} />
          </div>
          <Switch>
            <Match when={side() === "chat"}>
              <Panel title={t.chat.title()} onClose={close}>
                <Chat
                  lines={props.model.call.chat.lines()}
                  draft={props.model.call.chat.draft}
                  readers={[{ id: "host", label: t.chat.hostAlone(), field: t.chat.fieldHost() }]}
                  onSay={(text, to) => props.model.call.chat.write(text, to !== null)}
                  waiting={waitingChat()}
                  over={props.model.over() ? t.chat.over() : undefined}
                />
              </Panel>
            </Match>
            <Match when={side() === "people"}>
              <Panel title={t.common.people()} onClose={close}>
                <PeoplePanel participants={people()} composed={props.model.call.said().programme.layout !== null} />
              </Panel>
            </Match>
            <Match when={side() === "settings"}>
              <Panel title={t.guest.settings()} onClose={close}>
                <DeviceSettings devices={props.model} />
                <SoundsSwitch attention={props.model.attention} />
                <Button onClick={shortcuts.show}>{t.keys.open()}</Button>
              </Panel>
            </Match>
          </Switch>
        </div>
        <p class={room.hidden} aria-live="polite">
          {props.model.attention.announced()}
        </p>
        <p class={room.hidden} aria-live="polite">
          <Show when={props.model.call.chat.unread.latest()}>{(line) => wroteText(line())}</Show>
        </p>
        <Toolbar label={t.guest.tools()}>
          <Show when={!props.model.over()}>
            <MediaButtons microphone={props.model.microphone} camera={props.model.camera} />
            <ScreenButton screen={props.model.screen} />
            <ToolButton
              icon="hand"
              label={props.model.call.hand() ? t.guest.handLower() : t.guest.hand()}
              pressed={props.model.call.hand()}
              aria-keyshortcuts="H"
              onClick={props.model.call.toggleHand}
            />
          </Show>
          <Show when={!props.model.over()}>
            <ToolButton
              icon="people"
              label={t.common.people()}
              pressed={side() === "people"}
              aria-keyshortcuts="P"
              onClick={() => toggle("people")}
            />
          </Show>
          <ToolButton
            icon="chat"
            label={t.chat.title()}
            pressed={side() === "chat"}
            count={props.model.call.chat.unread.count()}
            aria-keyshortcuts="C"
            onClick={() => toggle("chat")}
          />
          <Show when={document.pictureInPictureEnabled && props.model.call.incoming() !== null && video()}>
            {(shown) => <ToolButton icon="pip" label={t.guest.pip()} onClick={() => void floatOrReturn(shown())} />}
          </Show>
          <Show when={fullScreen.supported}>
            <ToolButton
              icon="fullscreen"
              label={fullScreen.on() ? t.guest.fullScreenEnd() : t.guest.fullScreen()}
              aria-keyshortcuts="F"
              onClick={fullScreen.toggle}
            />
          </Show>
          <ToolButton
            icon="settings"
            label={t.guest.settings()}
            pressed={side() === "settings"}
            onClick={() => toggle("settings")}
          />
          <ToolButton icon="leave" variant="leave" label={t.guest.leave()} onClick={props.model.leave} />
        </Toolbar>
        <ShortcutList shortcuts={shortcuts} />
      </main>
    </>
  )
}

/** A browser that refuses, as while there is no picture yet, leaves everything as it is. */
const floatOrReturn = async (video: HTMLVideoElement) => {
  const done =
    document.pictureInPictureElement === null ? video.requestPictureInPicture() : document.exitPictureInPicture()
  await Promise.resolve(done).catch(() => undefined)
}

/** What the guest has to know at once, each with the button that answers it. */
const Notices = (props: { readonly model: GuestModel }) => (
  <div class={room.notices}>
    <DeviceTroubles devices={props.model} />
    <div class={room.notices} aria-live="polite">
      <Show when={props.model.soundMissing()}>{(words) => <Notice status={words()} closable />}</Show>
      <Show when={props.model.mutedByHost()}>
        <Notice status={statusText("warn", t.guest.mutedByHost)} closable />
      </Show>
      <Show when={props.model.call.handLowered()}>
        <Notice status={{ tone: "still", title: t.guest.handLowered(), detail: "" }} closable />
      </Show>
      <Show when={props.model.screen.refused()}>
        <Notice status={statusText("warn", t.guest.shareRefused)} closable />
      </Show>
    </div>
  </div>
)
