import { createSignal, For, Show } from "solid-js"
import { SelfView } from "../../features/devices/SelfView.js"
import { createMoving } from "../../features/stage/createMoving.js"
import { QualityMeter } from "../../features/stage/QualityMeter.js"
import { VideoCover } from "../../features/stage/VideoCover.js"
import { guestStatus } from "../../i18n/guestStatus.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { gradeOf } from "../../rtc/quality.js"
import { Button } from "../../ui/Button.js"
import { Sentence } from "../../ui/Sentence.js"
import { StatusDot } from "../../ui/StatusDot.js"
import { Video } from "../../ui/Video.js"
import type { GuestModel } from "./createGuest.js"
import css from "./Stage.module.css"

/** The stage: what the host sends, and how the call stands where there is nothing to see. */
export const Stage = (props: { readonly model: GuestModel; readonly onVideo: (video: HTMLVideoElement) => void }) => {
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const moving = createMoving(video)
  const call = () => props.model.call
  const host = () => call().said().participants?.list[0]
  /** No picture comes: the host's camera is off, and nobody is shown in its place. */
  const without = () => !moving() || (host()?.camera === false && call().said().spotlight.name === null)
  const covered = () => (call().live() && without() ? host() : undefined)
  const shows = () => call().live() && (moving() || call().screen() !== null || covered() !== undefined)
  return (
    <section class={css.stage} data-shows={shows() ? "" : undefined}>
      <Show when={call().screen()}>
        {(screen) => (
          <div class={css.screen}>
            <Video stream={screen()} fit="contain" label={t.guest.hostScreen()} />
          </div>
        )}
      </Show>
      <Show when={call().incoming()}>
        {(stream) => (
          <div class={css.host} data-beside={call().screen() === null ? undefined : ""}>
            <Video
              stream={stream()}
              fit="contain"
              label={t.guest.hostPicture()}
              ref={(element) => {
                setVideo(element)
                props.onVideo(element)
              }}
            />
            <Show when={covered()}>{(host) => <VideoCover name={host().name} note={t.guest.hostPictureOff()} />}</Show>
          </div>
        )}
      </Show>
      <Status model={props.model} />
      <Badges model={props.model} />
      <Show when={call().quality()}>
        {(quality) => (
          <div class={css.quality}>
            <QualityMeter quality={quality()} grade={gradeOf(quality())} />
            <span>{t.quality[gradeOf(quality())]()}</span>
          </div>
        )}
      </Show>
      <Show when={props.model.voices.refused()}>
        <div class={css.sound}>
          <Button look="main" onClick={props.model.voices.play}>
            {t.media.playSound()}
          </Button>
        </div>
      </Show>
      <Show when={!props.model.over()}>
        <div class={css.self}>
          <SelfView track={props.model.camera.track()} instead={t.media.cameraOff()} small />
        </div>
      </Show>
    </section>
  )
}

/** How the call stands, said when it changes, with a way on where the page has none of its own. */
const Status = (props: { readonly model: GuestModel }) => {
  const status = () => guestStatus(props.model.state(), props.model.call.sending())
  const wayOn = () => {
    const now = props.model.state()
    if (now._tag === "Failed" || now._tag === "Unloaded") return t.guest.retry()
    if (now._tag === "Ended") return t.guest.joinAgain()
    if (now._tag === "AnotherHost") return t.guest.joinAnotherHost()
    if (now._tag === "Elsewhere") return t.guest.useThisTab()
    if (now._tag !== "Refused" || ["NotAllowed", "NotAdmitted", "Removed"].includes(now.refusal)) return undefined
    return now.refusal === "Replaced" ? t.guest.back() : t.guest.retry()
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
          <Button look="main" onClick={props.model.retry}>
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

/** What goes on around this guest. */
const Badges = (props: { readonly model: GuestModel }) => {
  const badges = () => {
    const { recording, spotlight, talkback } = props.model.call.said()
    return [
      ...(recording ? [{ kind: "recording", words: t.guest.badges.recording() }] : []),
      ...(talkback ? [{ kind: "talkback", words: t.guest.badges.talkback() }] : []),
      ...(spotlight.you ? [{ kind: "you", words: t.guest.badges.inSpotlight() }] : []),
      ...(spotlight.name !== null && !spotlight.you
        ? [{ kind: "spotlight", words: t.guest.badges.spotlight(isolated(spotlight.name)) }]
        : [])
    ]
  }
  return (
    <ul class={css.badges} aria-live="polite">
      <For each={badges()}>
        {({ kind, words }) => (
          <li class={css.badge} data-kind={kind}>
            <Sentence text={words} />
          </li>
        )}
      </For>
    </ul>
  )
}
