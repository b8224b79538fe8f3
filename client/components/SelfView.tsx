import { createMemo, createSignal, type JSX, Show } from "solid-js"
import type { CaptureState } from "../media/Capture.js"
import { createMoving } from "../solid/createMoving.js"
import { t } from "../words/t.js"
import { Picture, type Sound } from "./Picture.js"
import css from "./SelfView.module.css"

/** The guest's stage: the guest as in a mirror, or the host with the guest in a corner once the host sends a picture. */
export const SelfView = (props: {
  readonly camera: CaptureState
  /** Said where there is no picture of the guest. */
  readonly instead: string
  readonly incoming: MediaStream | null
  readonly sound: Sound
  /** The buttons below the picture. */
  readonly children: JSX.Element
}) => {
  const own = createMemo(() => (props.camera._tag === "On" ? new MediaStream([props.camera.track]) : null))
  const [hostVideo, setHostVideo] = createSignal<HTMLVideoElement>()
  const hostShown = createMoving(hostVideo)
  return (
    <section class={css.stage} data-host={hostShown() ? "" : undefined}>
      <div class={css.well}>
        <Show when={props.incoming}>
          {(stream) => (
            <div class={css.host}>
              <Picture
                stream={stream()}
                sound={props.sound}
                fit="contain"
                label={t.guest.hostPicture()}
                ref={setHostVideo}
              />
            </div>
          )}
        </Show>
        <div class={css.self}>
          <Show when={own()} fallback={<p class={css.words}>{props.instead}</p>}>
            {(stream) => <Picture stream={stream()} mirrored label={t.media.self()} />}
          </Show>
        </div>
      </div>
      <div class={css.bar}>{props.children}</div>
    </section>
  )
}
