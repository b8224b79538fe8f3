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

/** Pixels of the gap at the strip's edge that are cut off: scaling mixes them with the screen's. */
const bleed = 4

/** The strip's width divided by its height. */
const stripAspect = (programmeSize.width * screenStrip - bleed) / programmeSize.height

/** Whose screen is received, in words. */
export const screenText = (sharing: Said["sharing"]): string =>
  sharing === null || sharing.name === null ? t.guest.hostScreen() : t.media.screenOf(isolated(sharing.name))

/** What the first video shows, for screen readers. */
const pictureText = ({ large, layout }: Said["programme"]): string => {
  if (layout === null) return t.guest.hostPicture()
  if (large === null) return t.guest.programme()
  return layout === "one" ? large : t.guest.programmeWith(large)
}

/**
 * The received pictures, placed by the arrangement. A press on a small picture enlarges it; a press on the large one
 * fills the screen with it. The elements are restyled and never moved in the document, because a moved video stops.
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
  /** What a press does while the picture is small, in words. */
  readonly words: string
  readonly enlarge: () => void
  readonly shows: boolean
  readonly filled: Filled
  /** An icon shows that it can fill the screen. */
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
