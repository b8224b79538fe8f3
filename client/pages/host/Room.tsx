import { createEffect, createMemo, createSignal, onCleanup, Show } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { FlowPicture } from "../../app/FlowPicture.js"
import { createSpokenMuted } from "../../features/devices/createSpokenMuted.js"
import { CopyLink } from "../../features/invitation/CopyLink.js"
import { SmallProgramme } from "../../features/programme/SmallProgramme.js"
import { createShortcuts } from "../../features/shortcuts/createShortcuts.js"
import { ShortcutList } from "../../features/shortcuts/ShortcutList.js"
import { createPopOuts } from "../../features/stage/createPopOuts.js"
import { Stage } from "../../features/stage/Stage.js"
import { Voices } from "../../features/voices/Voices.js"
import { t } from "../../i18n/t.js"
import { wroteText } from "../../i18n/wroteText.js"
import { createVisible } from "../../solid/createVisible.js"
import room from "../../styles/room.module.css"
import { Headline } from "../../ui/Headline.js"
import type { HostModel } from "./createHost.js"
import { LeaveDialog } from "./LeaveDialog.js"
import { Notices } from "./Notices.js"
import css from "./Room.module.css"
import { RoomState } from "./RoomState.js"
import { type Side, SidePanel } from "./SidePanel.js"
import { Tools } from "./Tools.js"

/** The programme's id among the pictures that have windows of their own. */
const programmeWindow = "programme"

/** The room while the page listens: the guests on the stage, the host's controls below, one panel beside them. */
export const Room = (props: { readonly model: HostModel }) => {
  const model = props.model
  const [side, setSide] = createSignal<Side>()
  const [stage, setStage] = createSignal<HTMLElement>()
  const [popOutRefused, setPopOutRefused] = createSignal(false)
  const close = () => setSide(undefined)
  createEffect(() => model.chat.setOpen(side() === "chat"))
  createEffect(() => model.setPeopleListed(side() === "people"))
  onCleanup(() => model.chat.setOpen(false))
  const toggle = (wanted: Side) => setSide((current) => (current === wanted ? undefined : wanted))
  const { layout, sharing, ...programme } = model.programme
  const programmeStream = createMemo(() => {
    const track = programme.track()
    return track === null ? null : new MediaStream([track])
  })
  const visible = createVisible()
  const spokenMuted = createSpokenMuted({ devices: model, hasListener: () => model.inside().length > 0 && visible() })
  // The window of a guest who is away stays open until they return: another program may capture it.
  const popOuts = createPopOuts(
    createMemo(
      () =>
        new Map([
          ...model.admitted().map(({ peer, stream }) => [peer.id, stream] as const),
          [programmeWindow, programmeStream()]
        ])
    )
  )
  const popOut = (id: string, title: string) => void setPopOutRefused(!popOuts.show(id, title))
  createEffect(() => programme.setWatched(side() === "layout" || popOuts.shown().has(programmeWindow)))
  onCleanup(() => programme.setWatched(false))
  createEffect(() => model.viewing.setWindows(popOuts.shown()))
  const nameOf = (guest: string | null) => model.guests().find(({ peer }) => peer.id === guest)?.peer.name ?? ""

  const [leaving, setLeaving] = createSignal(false)
  const keys = [
    { key: "m", label: t.keys.microphone, press: model.microphone.toggle },
    { key: "v", label: t.keys.camera, press: model.camera.toggle },
    { key: "c", label: t.keys.chat, press: () => toggle("chat") },
    { key: "p", label: t.keys.people, press: () => toggle("people") }
  ]
  const shortcuts = createShortcuts(
    () => keys,
    () => (model.largeTile.enlarged() === null ? close() : model.largeTile.shrink())
  )

  // Closing the page by mistake would end the recording, so the browser asks. What is recorded is on the disk anyway.
  createEffect(() => {
    if (!model.records()) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener("beforeunload", ask)
    onCleanup(() => window.removeEventListener("beforeunload", ask))
  })

  const record = () => {
    if (model.records()) {
      model.recording.stop()
      setSide("recordings")
    } else model.recording.start()
  }

  return (
    <>
      <Brand small>
        <RoomState model={model} onRecordings={() => setSide("recordings")} />
      </Brand>
      <Voices voices={model.voices} />
      <main class={room.room} data-room="">
        <div class={room.middle}>
          <div class={room.stage} ref={setStage}>
            <Headline class={room.hidden}>{t.guest.joined()}</Headline>
            <Show
              when={model.inside().length > 0}
              fallback={<Empty link={model.invitation} waiting={model.waiting().length} />}
            >
              <Stage
                guests={model.admitted()}
                large={model.largeTile.large()}
                shownToAll={layout.pinned()}
                sharer={sharing.sharer()}
                shrunk={model.shrunk()}
                speaking={programme.speaking()}
                talkingTo={model.talkingTo()}
                actions={{
                  enlarge: model.largeTile.enlarge,
                  showToAll: (guest) => layout.pin(layout.pinned() === guest ? null : guest),
                  shareScreen: sharing.toggle,
                  talk: model.talkTo,
                  popOut: (guest) => popOut(guest, nameOf(guest)),
                  shows: model.viewing.setTile,
                  lowerHand: model.lowerHand,
                  mute: model.mute
                }}
              />
            </Show>
            <Notices
              model={model}
              spokenMuted={spokenMuted}
              popOutRefused={popOutRefused()}
              dismissPopOut={() => setPopOutRefused(false)}
              peopleShown={side() === "people"}
            />
          </div>
          <SidePanel
            model={model}
            side={side()}
            stream={programmeStream()}
            stage={stage()}
            onClose={close}
            onWindow={() => popOut(programmeWindow, t.host.layout.picture())}
            onRecordings={() => setSide("recordings")}
            onShortcuts={shortcuts.show}
          />
        </div>
        <Announcements model={model} nameOf={nameOf} />
        <Tools model={model} side={side()} onToggle={toggle} onRecord={record} onLeave={() => setLeaving(true)} />
        <Show when={programme.guestsGetProgramme() && side() !== "layout" && programmeStream()}>
          {(stream) => <SmallProgramme stream={stream()} onPress={() => toggle("layout")} />}
        </Show>
        <LeaveDialog model={model} open={leaving()} onClose={() => setLeaving(false)} />
        <ShortcutList shortcuts={shortcuts} />
      </main>
    </>
  )
}

/** What changes on the page, for screen readers. */
const Announcements = (props: {
  readonly model: HostModel
  /** The name of a guest, empty if there is none. */
  readonly nameOf: (guest: string | null) => string
}) => {
  const { layout, sharing } = props.model.programme
  return (
    <>
      <p class={room.hidden} aria-live="polite">
        {props.model.attention.announced()}
      </p>
      <p class={room.hidden} aria-live="polite">
        <Show when={props.model.chat.unread.latest()}>{(line) => wroteText(line())}</Show>
      </p>
      <p class={room.hidden} aria-live="polite">
        <Show when={props.nameOf(layout.pinned())}>{(name) => t.host.shownToAll(name())}</Show>
      </p>
      <p class={room.hidden} aria-live="polite">
        <Show when={props.nameOf(sharing.sharer())}>{(name) => t.host.screenShown(name())}</Show>
      </p>
    </>
  )
}

/** Shown while no guest is in: how to invite some. */
const Empty = (props: { readonly link: string; readonly waiting: number }) => (
  <div class={css.empty}>
    <FlowPicture />
    <h2>{props.waiting > 0 ? t.host.peopleWaiting(props.waiting) : t.host.emptyTitle()}</h2>
    <Show when={props.waiting === 0}>
      <p>{t.host.emptyDetail()}</p>
    </Show>
    <div class={css.link}>
      <CopyLink link={props.link} />
    </div>
  </div>
)
