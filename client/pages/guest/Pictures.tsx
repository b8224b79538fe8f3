import { type JSX, Show } from "solid-js"
import { VideoCover } from "../../features/stage/VideoCover.js"
import { isolated, unmarked } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { programmeSize, screenStrip } from "../../media/programme/scene.js"
import type { Filled } from "../../solid/createFilled.js"
import { Icon } from "../../ui/Icon.js"
import { Video } from "../../ui/Video.js"
import type { GuestModel } from "./createGuest.js"
import css from "./Pictures.module.css"
import type { PictureArrangement } from "./pictureArrangement.js"
import type { Said } from "./said.js"

/** What is left out at the strip's edge, of the space around its tiles: a picture that is scaled mixes pixels there. */
const bleed = 4

/** The strip's width by its height. */
const stripAspect = (programmeSize.width * screenStrip - bleed) / programmeSize.height

/** Whose screen it is that comes. */
export const screenText = (sharing: Said["sharing"]): string =>
  sharing === null || sharing.name === null ? t.guest.hostScreen() : t.media.screenOf(isolated(sharing.name))

/** What the first video shows, for who hears it only. */
const pictureText = ({ large, layout }: Said["programme"]): string => {
  if (layout === null) return t.guest.hostPicture()
  if (large === null) return t.guest.programme()
  return layout === "one" ? large : t.guest.programmeWith(large)
}

/**
 * The pictures that come, each where the arrangement has it. A press on a small one makes it large; on the large one, fills
 * the screen. They are restyled, and never moved in the document: a video that is moved there stops.
 */
export const Pictures = (props: {
  readonly call: GuestModel["call"]
  readonly arrangement: PictureArrangement
  /** The host is known to send no picture. */
  readonly noPicture: boolean
  readonly filled: Filled
  readonly enlarge: (which: "picture" | "screen") => void
  readonly onVideo: (video: HTMLVideoElement) => void
  readonly onScreen: (video: HTMLVideoElement) => void
}) => (
  <div
    class={css.pictures}
    style={{ "--strip": stripAspect }}
    data-beside={props.arrangement.picture}
    data-layout={props.call.said().programme.layout ?? undefined}
  >
    <Show when={props.call.screen()}>
      {(screen) => (
        <Picture
          place={props.arrangement.screen}
          words={t.guest.enlarge.screen()}
          enlarge={() => props.enlarge("screen")}
          shows={props.arrangement.shows}
          filled={props.filled}
          marked
        >
          <Video
            stream={screen()}
            fit="contain"
            label={unmarked(screenText(props.call.said().sharing))}
            ref={props.onScreen}
          />
        </Picture>
      )}
    </Show>
    <Show when={props.call.incoming()}>
      {(stream) => (
        <Picture
          place={props.arrangement.picture}
          words={t.guest.enlarge.people()}
          enlarge={() => props.enlarge("picture")}
          shows={props.arrangement.shows}
          filled={props.filled}
          marked={props.arrangement.covered === undefined}
        >
          <Video
            stream={stream()}
            fit={props.arrangement.fit}
            label={pictureText(props.call.said().programme)}
            ref={props.onVideo}
          />
          <Show when={props.arrangement.covered}>
            {(host) => <VideoCover name={host().name} note={props.noPicture ? t.guest.hostPictureOff() : undefined} />}
          </Show>
        </Picture>
      )}
    </Show>
  </div>
)

const Picture = (props: {
  readonly place: PictureArrangement["picture"]
  /** What a press does while it is small, in words. */
  readonly words: string
  readonly enlarge: () => void
  readonly shows: boolean
  readonly filled: Filled
  /** There is something that is worth the whole screen. */
  readonly marked: boolean
  readonly children: JSX.Element
}) => {
  const large = () => props.place === "large"
  const press = () => {
    if (!large()) return props.words
    return props.filled.on() ? t.guest.fillEnd() : t.guest.fill()
  }
  return (
    <div class={css.picture} data-place={props.place}>
      {props.children}
      <Show when={props.shows}>
        <button
          type="button"
          class={css.press}
          data-filled={props.filled.on() && large() ? "" : undefined}
          aria-label={press()}
          onClick={() => (large() ? props.filled.toggle() : props.enlarge())}
        >
          <Show when={props.marked && large() && !props.filled.on()}>
            <span class={css.mark}>
              <Icon name="enlarge" />
            </span>
          </Show>
        </button>
      </Show>
    </div>
  )
}
