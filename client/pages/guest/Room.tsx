import { createEffect, createMemo, createSignal, Match, onCleanup, Show, Switch } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { SoundsSwitch } from "../../features/attention/SoundsSwitch.js"
import { Chat } from "../../features/chat/Chat.js"
import { createSpokenMuted } from "../../features/devices/createSpokenMuted.js"
import { DeviceSettings } from "../../features/devices/DeviceSettings.js"
import { createShortcuts } from "../../features/shortcuts/createShortcuts.js"
import { ShortcutList } from "../../features/shortcuts/ShortcutList.js"
import { Voices } from "../../features/voices/Voices.js"
import { t } from "../../i18n/t.js"
import { wroteText } from "../../i18n/wroteText.js"
import { createFullScreen } from "../../solid/createFullScreen.js"
import { createVisible } from "../../solid/createVisible.js"
import room from "../../styles/room.module.css"
import { Button } from "../../ui/Button.js"
import { Headline } from "../../ui/Headline.js"
import { Panel } from "../../ui/Panel.js"
import type { GuestModel } from "./createGuest.js"
import { Notices } from "./Notices.js"
import { PeoplePanel } from "./PeoplePanel.js"
import css from "./Room.module.css"
import { Stage } from "./Stage.js"
import { type Side, Tools } from "./Tools.js"

/** In the call: the host on the stage, the guest in a corner, and everything within reach of a thumb. */
export const Room = (props: { readonly model: GuestModel }) => {
  const [opened, setOpened] = createSignal<Side>()
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const close = () => setOpened(undefined)
  const company = () => props.model.company()
  const written = () => props.model.call.chat.lines().length > 0 || props.model.call.chat.draft.text() !== ""
  /** The panels that can be opened: at a dead end only the chat, if something was written. */
  const openable = createMemo(
    (): Readonly<Record<Side, boolean>> => ({
      chat: company() || written(),
      people: company(),
      settings: !props.model.over()
    })
  )
  const side = () => {
    const current = opened()
    return current !== undefined && openable()[current] ? current : undefined
  }
  const toggle = (wanted: Side) => setOpened(side() === wanted ? undefined : wanted)
  createEffect(() => props.model.call.chat.setOpen(side() === "chat"))
  onCleanup(() => props.model.call.chat.setOpen(false))
  /** `Host` is the service's name for a host who gave none. */
  const hostName = () => {
    const name = props.model.call.hostName()
    return name === "Host" ? null : name
  }
  const people = () => props.model.call.said().participants
  const waitingChat = () => {
    if (!props.model.call.live()) return t.guest.waitingChat()
    return props.model.call.chat.slowed() ? t.chat.slowed() : undefined
  }
  const visible = createVisible()
  const spokenMuted = createSpokenMuted({
    devices: props.model,
    // A guest whom the host has muted gets another notice.
    hasListener: () => company() && visible() && !props.model.mutedByHost()
  })
  const fullScreen = createFullScreen()
  const canFillScreen = () => fullScreen.supported && (company() || fullScreen.on())
  const canRaiseHand = () => company() || (!props.model.over() && props.model.call.hand())
  const keys = createMemo(() =>
    [
      { key: "m", label: t.keys.microphone, press: props.model.microphone.toggle, useful: !props.model.over() },
      { key: "v", label: t.keys.camera, press: props.model.camera.toggle, useful: !props.model.over() },
      { key: "h", label: t.keys.hand, press: props.model.call.toggleHand, useful: canRaiseHand() },
      { key: "c", label: t.keys.chat, press: () => toggle("chat"), useful: openable().chat },
      { key: "p", label: t.keys.people, press: () => toggle("people"), useful: openable().people },
      { key: "f", label: t.keys.fullScreen, press: fullScreen.toggle, useful: canFillScreen() }
    ].filter(({ useful }) => useful)
  )
  const shortcuts = createShortcuts(keys, close)
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
          <Show when={people()}>{(current) => <span class={css.count}>{t.guest.count(current().total)}</span>}</Show>
        </p>
      </Brand>
      <Voices voices={props.model.voices} />
      <main class={room.room} data-room="">
        <div class={room.middle}>
          <div class={room.stage}>
            <Headline class={room.hidden}>{t.guest.joined()}</Headline>
            <Stage model={props.model} spokenMuted={spokenMuted} onVideo={setVideo} />
            <Show when={!props.model.over()}>
              <Notices model={props.model} spokenMuted={spokenMuted} />
            </Show>
          </div>
          <Switch>
            <Match when={side() === "chat"}>
              <Panel title={t.chat.title()} onClose={close}>
                <Chat
                  lines={props.model.call.chat.lines()}
                  draft={props.model.call.chat.draft}
                  recipients={[{ id: "host", label: t.chat.hostAlone(), field: t.chat.fieldHost() }]}
                  onSend={(text, to) => props.model.call.chat.write(text, to !== null)}
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
        <Tools
          model={props.model}
          openable={openable()}
          side={side()}
          onToggle={toggle}
          canRaiseHand={canRaiseHand()}
          fullScreen={fullScreen}
          canFillScreen={canFillScreen()}
          video={video()}
        />
        <ShortcutList shortcuts={shortcuts} />
      </main>
    </>
  )
}
