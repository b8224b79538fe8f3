import { createEffect, createMemo, createSignal, For, Show } from "solid-js"
import type { SpokenMutedModel } from "../../features/devices/createSpokenMuted.js"
import { SelfView } from "../../features/devices/SelfView.js"
import { createFramesArriving } from "../../features/stage/createFramesArriving.js"
import { createNoPicture } from "../../features/stage/createNoPicture.js"
import { createPictured } from "../../features/stage/createPictured.js"
import { createShownLines } from "../../features/stage/createShownLines.js"
import { createVideoSize } from "../../features/stage/createVideoSize.js"
import { QualityMeter } from "../../features/stage/QualityMeter.js"
import { guestStatus } from "../../i18n/guestStatus.js"
import { t } from "../../i18n/t.js"
import { gradeOf } from "../../rtc/quality/connectionQuality.js"
import { unsaid } from "../../rtc/quality/wanted.js"
import { createFilled } from "../../solid/createFilled.js"
import { createLingering } from "../../solid/createLingering.js"
import { Button } from "../../ui/Button.js"
import { Sentence } from "../../ui/Sentence.js"
import { StatusDot } from "../../ui/StatusDot.js"
import type { GuestModel } from "./createGuest.js"
import { createWide } from "./createWide.js"
import { Pictures, screenText } from "./Pictures.js"
import { pictureArrangementOf } from "./pictureArrangement.js"
import css from "./Stage.module.css"

/** The stage: what the host sends, and the state of the call. */
export const Stage = (props: {
  readonly model: GuestModel
  readonly spokenMuted: SpokenMutedModel
  readonly onVideo: (video: HTMLVideoElement) => void
}) => {
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const [screenVideo, setScreenVideo] = createSignal<HTMLVideoElement>()
  const [stage, setStage] = createSignal<HTMLElement>()
  const [large, setLarge] = createSignal<"picture" | "screen" | null>(null)
  const framesArriving = createFramesArriving(video)
  const filled = createFilled(stage)
  /** The stage covers the rest of the page. */
  const coversPage = () => filled.on() && arrangement().shows
  const call = () => props.model.call
  const withScreen = createPictured(video, () => call().said().programme.layout === "screen")
  const arrangement = createMemo(() =>
    pictureArrangementOf({
      live: call().live(),
      moving: framesArriving(),
      screen: call().screen() !== null,
      said: call().said(),
      withScreen: withScreen(),
      large: large()
    })
  )
  const noPicture = createNoPicture({
    live: () => call().live(),
    camera: () => arrangement().covered?.camera !== false,
    arriving: framesArriving
  })
  const cameraLines = createShownLines(video, unsaid.camera, () => arrangement().fit)
  const screenLines = createShownLines(screenVideo, unsaid.screen, () => "contain")
  const pictureSize = createVideoSize(video)
  const screenSize = createVideoSize(screenVideo)
  const wide = createWide(() => {
    const { height, width } = arrangement().picture === "large" ? pictureSize() : screenSize()
    return { wide: width > height, picked: large() }
  }, coversPage)
  createEffect(() => props.model.call.setShown({ camera: cameraLines(), screen: screenLines() }))
  createEffect(() => {
    if (call().screen() === null) setLarge(null)
  })
  return (
    <section
      ref={setStage}
      class={css.stage}
      data-shows={arrangement().shows ? "" : undefined}
      data-filled={coversPage() ? (wide() ? "wide" : "") : undefined}
    >
      <div class={css.inside}>
        <Pictures
          call={call()}
          arrangement={arrangement()}
          noPicture={noPicture()}
          filled={filled}
          enlarge={setLarge}
          onScreen={setScreenVideo}
          onVideo={(element) => {
            setVideo(element)
            props.onVideo(element)
          }}
        />
        <div class={css.foot}>
          <Status model={props.model} />
          <Badges model={props.model} spokenMuted={props.spokenMuted} coversPage={coversPage()} />
          <Show when={call().quality()}>
            {(quality) => (
              <div class={css.quality}>
                <QualityMeter quality={quality()} grade={gradeOf(quality())} />
                <span>{t.quality[gradeOf(quality())]()}</span>
              </div>
            )}
          </Show>
        </div>
        <Show when={props.model.voices.refused()}>
          <div class={css.sound}>
            <Button variant="main" onClick={props.model.voices.play}>
              {t.media.playSound()}
            </Button>
          </div>
        </Show>
        <Show when={!props.model.over() && arrangement().self}>
          <div class={css.self} data-beside={arrangement().picture} data-layout={call().said().programme.layout ?? ""}>
            <SelfView track={props.model.camera.track()} placeholder={t.media.cameraOff()} small />
          </div>
        </Show>
      </div>
    </section>
  )
}

/** The state of the call, announced when it changes, with a button if the person can do something about it. */
const Status = (props: { readonly model: GuestModel }) => {
  const status = () => guestStatus(props.model.state(), props.model.call.sending())
  const wayOn = () => {
    const current = props.model.state()
    if (current._tag === "Failed" || current._tag === "Unloaded") return t.guest.retry()
    if (current._tag === "Waiting") return current.reason === "RoomLocked" ? t.guest.retry() : undefined
    if (current._tag === "Ended") return t.guest.joinAgain()
    if (current._tag === "AnotherHost") return t.guest.joinAnotherHost()
    if (current._tag === "Elsewhere") return t.guest.useThisTab()
    if (current._tag !== "Refused" || ["NotAllowed", "NotAdmitted", "Removed"].includes(current.refusal))
      return undefined
    return current.refusal === "Replaced" ? t.guest.back() : t.guest.retry()
  }
  return (
    <div class={css.status}>
      <div role="status">
        <p class={css.title}>
          <StatusDot tone={status().tone} />
          {status().title}
        </p>
        <Show when={status().detail}>
          <p class={css.detail}>{status().detail}</p>
        </Show>
      </div>
      <Show when={wayOn()}>
        {(words) => (
          <Button variant="main" onClick={props.model.retry}>
            {words()}
          </Button>
        )}
      </Show>
      <Show when={props.model.state()._tag === "Elsewhere"}>
        <Button onClick={props.model.leave}>{t.guest.keepOtherTab()}</Button>
      </Show>
    </div>
  )
}

/** How long the host's page may take to report that all see this guest's screen, in milliseconds. */
const reportTimeout = 2_000

/** What concerns this guest; while the stage covers the page, also what the notices beside it would show. */
const Badges = (props: {
  readonly model: GuestModel
  readonly spokenMuted: SpokenMutedModel
  readonly coversPage: boolean
}) => {
  /** No screen is shared, or the host's page still has time to report that it is shown to all. */
  const reportPending = createLingering(() => !props.model.call.sending().screen, reportTimeout)
  /** The kind of each badge, by its text, so that a badge whose text stays is not announced again. */
  const badges = createMemo(() => {
    const { live, said, sending } = props.model.call
    const { programme, recording, sharing, talkback } = said()
    const toAll = sharing?.you === true
    const kinds = new Map<string, string>()
    if (recording) kinds.set(t.guest.badges.recording(), "recording")
    if (props.coversPage && props.model.mutedByHost()) kinds.set(t.guest.mutedByHost.title(), "you")
    if (props.coversPage && props.spokenMuted.spoken()) kinds.set(t.media.spokenMuted.title(), "you")
    if (talkback) kinds.set(t.guest.badges.talkback(), "you")
    if (programme.you) kinds.set(t.guest.badges.large(), "you")
    if (toAll && sending().screen) kinds.set(t.guest.badges.screenToAll(), "you")
    if (live() && !toAll && !reportPending()) kinds.set(t.guest.badges.screenToHost(), "you")
    if (sharing !== null && !toAll) kinds.set(screenText(sharing), "screen")
    return kinds
  })
  return (
    <ul class={css.badges} aria-live="polite">
      <For each={[...badges().keys()]}>
        {(words) => (
          <li class={css.badge} data-kind={badges().get(words)}>
            <span>
              <Sentence text={words} />
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}
