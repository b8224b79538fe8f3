import { createSignal, createUniqueId, Show } from "solid-js"
import { gradeOf } from "../rtc/quality.js"
import type { GuestTile } from "../rtc/States.js"
import { createMoving } from "../solid/createMoving.js"
import { tileSaying } from "../words/hostSaying.js"
import { t } from "../words/t.js"
import css from "./GuestFigure.module.css"
import { Icon } from "./Icon.js"
import { IconButton } from "./IconButton.js"
import { Mark } from "./Mark.js"
import { Picture, type Sound } from "./Picture.js"
import { QualityMeter } from "./QualityMeter.js"

const initial = (name: string) => [...name.trim()][0]?.toLocaleUpperCase() ?? ""

/** What a host does with one guest's picture. */
export interface FigureActions {
  readonly spotlight: (guest: string) => void
  readonly talk: (guest: string) => void
  readonly popOut: (guest: string) => void
  readonly lowerHand: (guest: string) => void
}

/** One guest: the picture, the name, and how the connection stands. */
export const GuestFigure = (props: {
  readonly tile: GuestTile
  readonly sound: Sound
  readonly sinkId: string
  readonly large: boolean
  readonly speaking: boolean
  /** The host speaks to this guest alone. */
  readonly talking: boolean
  readonly actions: FigureActions
}) => {
  const id = createUniqueId()
  const [figure, setFigure] = createSignal<HTMLElement>()
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const moving = createMoving(video)
  const saying = () => tileSaying(props.tile)
  const guest = () => props.tile.peer.id
  const name = () => props.tile.peer.name
  const live = () => props.tile.state === "Live" || props.tile.state === "Interrupted"
  /** Pointers may press anywhere on the picture; keyboards have the button. */
  const listen = (element: HTMLElement) => {
    setFigure(element)
    element.addEventListener("click", ({ target }) => {
      if (live() && target instanceof Element && target.closest("button, [popover]") === null) {
        props.actions.spotlight(guest())
      }
    })
  }
  return (
    <figure
      ref={listen}
      class={css.figure}
      data-state={props.tile.state}
      data-speaking={props.speaking && live() ? "" : undefined}
      data-large={props.large ? "" : undefined}
      aria-labelledby={id}
    >
      <Picture stream={props.tile.stream} sound={props.sound} sinkId={props.sinkId} ref={setVideo} />
      <Show when={!moving() || !props.tile.sending.camera}>
        <div class={css.cover}>
          <span class={css.initial} aria-hidden="true">
            {initial(name())}
          </span>
          <Show when={props.tile.state === "Live"}>
            <span class={css.note}>{t.host.cameraOff()}</span>
          </Show>
        </div>
      </Show>
      <Show when={props.tile.screen}>
        {(screen) => (
          <div class={css.screen}>
            <Picture stream={screen()} fit="contain" label={t.host.screenOf(name())} />
          </div>
        )}
      </Show>
      <Show when={props.tile.hand !== null}>
        <button
          type="button"
          class={css.hand}
          aria-label={t.host.handOf(name())}
          title={t.host.handOf(name())}
          onClick={() => props.actions.lowerHand(guest())}
        >
          <Icon name="hand" />
        </button>
      </Show>
      <Show when={live()}>
        <div class={css.actions} data-keep={props.talking ? "" : undefined}>
          <IconButton
            icon="pin"
            label={props.large ? t.host.spotlightEnd(name()) : t.host.spotlight(name())}
            pressed={props.large}
            onClick={() => props.actions.spotlight(guest())}
          />
          <IconButton
            icon="talk"
            label={props.talking ? t.host.talkEnd(name()) : t.host.talk(name())}
            pressed={props.talking}
            onClick={() => props.actions.talk(guest())}
          />
          <IconButton icon="popout" label={t.host.popOut(name())} onClick={() => props.actions.popOut(guest())} />
          <Show when={document.fullscreenEnabled}>
            <IconButton
              icon="fullscreen"
              label={t.host.fullScreen(name())}
              onClick={() =>
                void figure()
                  ?.requestFullscreen()
                  .catch(() => undefined)
              }
            />
          </Show>
        </div>
      </Show>
      <figcaption class={css.caption}>
        <Show when={live() && !props.tile.sending.microphone}>
          <span class={css.muted} role="img" aria-label={t.host.muted()} title={t.host.muted()}>
            <Icon name="microphoneOff" />
          </span>
        </Show>
        <span class={css.name} id={id} title={name()}>
          {name()}
        </span>
        <span class={css.state}>
          <Mark tone={saying().tone} />
          {saying().title}
        </span>
        <Show when={props.tile.quality}>
          {(quality) => <QualityMeter quality={quality()} grade={gradeOf(quality())} />}
        </Show>
      </figcaption>
    </figure>
  )
}
