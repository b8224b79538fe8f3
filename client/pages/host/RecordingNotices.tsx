import { createEffect, createSignal, Show } from "solid-js"
import { brokenText, goesOnText, spaceText, stoppedText } from "../../i18n/recordingText.js"
import { t } from "../../i18n/t.js"
import { warnSeconds } from "../../media/recording/space.js"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import type { HostModel } from "./createHost.js"

/** What the host has to know of the recording at once. */
export const RecordingNotices = (props: { readonly model: Pick<HostModel, "recording" | "microphone" | "camera"> }) => {
  const recording = () => props.model.recording
  const running = () => {
    const now = recording().state()
    return now._tag === "Recording" ? now : undefined
  }
  const scarce = () => {
    const left = running()?.secondsLeft ?? null
    return left !== null && left <= warnSeconds ? left : undefined
  }
  const broken = () => {
    const names = running()?.broken ?? []
    return names.length > 0 ? names : undefined
  }
  const wrong = () => {
    const said = recording().status()
    return said?.tone === "bad" ? said : undefined
  }
  return (
    <>
      <Show when={recording().continuing.stopped()}>
        {(stopped) => (
          <Notice
            role="alert"
            status={stoppedText(stopped().stoppedAt, stopped().why)}
            closable
            onClose={recording().continuing.dismiss}
          >
            <Button variant="main" onClick={recording().continuing.goOn}>
              {t.recording.stopped.goOn()}
            </Button>
          </Notice>
        )}
      </Show>
      <Show when={wrong()}>{(status) => <Notice status={status()} closable onClose={recording().dismiss} />}</Show>
      <Show when={running() && recording().continuing.gap()}>
        {(gap) => <Notice status={goesOnText(gap())} closable onClose={recording().continuing.dismiss} />}
      </Show>
      <Show when={scarce()}>{(left) => <Notice status={spaceText(left())} />}</Show>
      <Show when={broken()}>{(names) => <Notice status={brokenText(names())} closable />}</Show>
      <Muted model={props.model} />
    </>
  )
}

/** Whoever records and is not heard may have forgotten it. Closed, it stays closed until the next recording. */
const Muted = (props: { readonly model: Pick<HostModel, "recording" | "microphone" | "camera"> }) => {
  const records = () => props.model.recording.state()._tag === "Recording"
  const said = () => (props.model.camera.track() === null ? t.recording.muted.absent() : t.recording.muted.unheard())
  const [known, setKnown] = createSignal(false)
  createEffect(() => {
    if (!records()) setKnown(false)
  })
  return (
    <Show when={records() && props.model.microphone.stopped() && !known()}>
      <Notice status={{ tone: "warn", title: said(), detail: "" }} closable onClose={() => setKnown(true)} />
    </Show>
  )
}
