import { createEffect, createMemo, createSignal, createUniqueId, onCleanup, Show } from "solid-js"
import { tileStatus } from "../../i18n/hostStatus.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { fitOf } from "../../media/videoFit.js"
import { gradeOf } from "../../rtc/quality/connectionQuality.js"
import { unsaid, type Wanted } from "../../rtc/quality/wanted.js"
import type { GuestView } from "../../rtc/States.js"
import { createSize } from "../../solid/createSize.js"
import { Icon } from "../../ui/Icon.js"
import { IconButton } from "../../ui/IconButton.js"
import { Sentence } from "../../ui/Sentence.js"
import { StatusDot } from "../../ui/StatusDot.js"
import { Video } from "../../ui/Video.js"
import { PersonName } from "../people/PersonName.js"
import { createFramesArriving } from "./createFramesArriving.js"
import { createNoPicture } from "./createNoPicture.js"
import { createShownLines } from "./createShownLines.js"
import { createVideoSize } from "./createVideoSize.js"
import css from "./GuestTile.module.css"
import { QualityMeter } from "./QualityMeter.js"
import { type TileAction, TileMenu } from "./TileMenu.js"
import { VideoCover } from "./VideoCover.js"

/** What a host can do with one guest. */
export interface TileActions {
  /** Toggles whether it is large, on this page only. */
  readonly enlarge: (guest: string) => void
  /** Toggles whether it is large for everybody. */
  readonly showToAll: (guest: string) => void
  /** Toggles whether all others see this guest's screen. */
  readonly shareScreen: (guest: string) => void
  readonly talk: (guest: string) => void
  readonly popOut: (guest: string) => void
  /** The lines at which the tile shows this guest's pictures. Null: guest and tile are gone. */
  readonly shows: (guest: string, lines: Wanted | null) => void
  readonly lowerHand: (guest: string) => void
  readonly mute: (guest: string) => void
}

/** One guest: the picture, the name, and the state of the connection. */
export const GuestTile = (props: {
  readonly tile: GuestView
  readonly large: boolean
  /** The host made this guest large for everybody. */
  readonly shownToAll: boolean
  /** All others see this guest's screen. */
  readonly screenShown: boolean
  /** The place of this guest's hand among those that are up: 1 is the first. 0: it is down. */
  readonly handPlace: number
  readonly speaking: boolean
  /** The host speaks to this guest only. */
  readonly talking: boolean
  readonly actions: TileActions
}) => {
  const id = createUniqueId()
  const [figure, setFigure] = createSignal<HTMLElement>()
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const [screenVideo, setScreenVideo] = createSignal<HTMLVideoElement>()
  const framesArriving = createFramesArriving(video)
  const noPicture = createNoPicture({
    live: () => props.tile.state === "Live",
    camera: () => props.tile.sending.camera,
    arriving: framesArriving
  })
  const pictureSize = createVideoSize(video)
  const tileSize = createSize(figure)
  const fit = createMemo(() => (props.large ? "contain" : fitOf(pictureSize(), tileSize())))
  const cameraLines = createShownLines(video, unsaid.camera, fit)
  const screenLines = createShownLines(screenVideo, unsaid.screen, () => "contain")
  const status = () => tileStatus(props.tile)
  const guest = () => props.tile.peer.id
  const name = () => props.tile.peer.name
  const called = () => isolated(name())
  createEffect(() => props.actions.shows(guest(), { camera: cameraLines(), screen: screenLines() }))
  onCleanup(() => props.actions.shows(guest(), null))
  const live = () => props.tile.state === "Live" || props.tile.state === "Interrupted"
  /** Pointers may press anywhere on the picture; keyboards have the menu. */
  const listen = (element: HTMLElement) => {
    setFigure(element)
    element.addEventListener("click", ({ target }) => {
      if (live() && target instanceof Element && target.closest("button, [popover]") === null) {
        props.actions.enlarge(guest())
      }
    })
  }
  const fullScreen = () =>
    void figure()
      ?.requestFullscreen()
      .catch(() => undefined)
  const actions = (): ReadonlyArray<TileAction> => [
    {
      icon: "enlarge",
      label: t.host.enlarge(called()),
      pressed: props.large,
      do: () => props.actions.enlarge(guest())
    },
    {
      icon: "pin",
      label: t.host.showToAll(called()),
      pressed: props.shownToAll,
      do: () => props.actions.showToAll(guest())
    },
    ...(props.tile.screen === null
      ? []
      : [
          {
            icon: "screen",
            label: t.host.screenToAll(called()),
            pressed: props.screenShown,
            do: () => props.actions.shareScreen(guest())
          } as const
        ]),
    { icon: "talk", label: t.host.talk(called()), pressed: props.talking, do: () => props.actions.talk(guest()) },
    ...(props.tile.sending.microphone
      ? [{ icon: "microphoneOff", label: t.host.mute(called()), do: () => props.actions.mute(guest()) } as const]
      : []),
    ...(props.tile.hand === null
      ? []
      : [{ icon: "hand", label: t.host.handOf(called()), do: () => props.actions.lowerHand(guest()) } as const]),
    { icon: "popout", label: t.host.popOut(called()), do: () => props.actions.popOut(guest()) },
    ...(document.fullscreenEnabled
      ? [{ icon: "fullscreen", label: t.host.fullScreen(called()), do: fullScreen } as const]
      : [])
  ]
  return (
    <figure
      ref={listen}
      class={css.figure}
      data-state={props.tile.state}
      data-speaking={props.speaking && live() ? "" : undefined}
      data-gone={props.tile.gone === null ? undefined : ""}
      aria-labelledby={id}
    >
      <Video fit={fit()} stream={props.tile.stream} ref={setVideo} />
      <Show when={!framesArriving() || !props.tile.sending.camera}>
        <VideoCover name={name()} note={noPicture() ? t.host.cameraOff() : undefined} />
      </Show>
      <Show when={props.tile.screen}>
        {(screen) => (
          <div class={css.screen}>
            <Video stream={screen()} fit="contain" ref={setScreenVideo} label={t.media.screenOf(name())} />
          </div>
        )}
      </Show>
      <div class={css.marks}>
        <Show when={props.tile.hand !== null}>
          <button
            type="button"
            class={css.hand}
            aria-label={t.host.handOf(name())}
            title={t.host.handOf(called())}
            onClick={() => props.actions.lowerHand(guest())}
          >
            <Icon name="hand" />
            <Show when={props.handPlace > 0}>
              <span class={css.place} aria-hidden="true">
                {props.handPlace}
              </span>
            </Show>
          </button>
        </Show>
        <Show when={props.shownToAll}>
          <span class={css.shown}>
            <Icon name="pin" />
            <span>
              <Sentence text={t.host.shownToAll(called())} />
            </span>
          </span>
        </Show>
      </div>
      <Show when={live()}>
        <div class={css.actions}>
          <span class={css.quick} data-keep={props.shownToAll ? "" : undefined}>
            <IconButton
              icon="pin"
              label={t.host.showToAll(called())}
              pressed={props.shownToAll}
              onClick={() => props.actions.showToAll(guest())}
            />
          </span>
          <Show when={props.tile.screen}>
            <span class={css.sharing}>
              <IconButton
                icon="screen"
                label={t.host.screenToAll(called())}
                pressed={props.screenShown}
                onClick={() => props.actions.shareScreen(guest())}
              />
            </span>
          </Show>
          <TileMenu name={name()} actions={actions()} />
        </div>
      </Show>
      <figcaption class={css.caption}>
        <Show when={live() && !props.tile.sending.microphone}>
          <span class={css.muted} role="img" aria-label={t.host.muted()} title={t.host.muted()}>
            <Icon name="microphoneOff" />
          </span>
        </Show>
        <PersonName name={name()} class={css.name} id={id} />
        <span class={css.state}>
          <StatusDot tone={status().tone} />
          {status().title}
        </span>
        <Show when={props.tile.quality}>
          {(quality) => <QualityMeter quality={quality()} grade={gradeOf(quality())} />}
        </Show>
      </figcaption>
    </figure>
  )
}
