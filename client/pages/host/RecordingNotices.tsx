import { createEffect, createSignal, Show } from "solid-js"
import { brokenText, goesOnText, spaceText, stoppedText } from "../../i18n/recordingText.js"
import { t } from "../../i18n/t.js"
import { warnSeconds } from "../../media/recording/space.js"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import type { HostModel } from "./createHost.js"

/** What the host has to know about the recording at once. */
export const RecordingNotices = (props: { readonly model: Pick<HostModel, "recording" | "microphone" | "camera"> }) => {
  const recording = () => props.model.recording
  const running = () => {
    const current = recording().state()
    return current._tag === "Recording" ? current : undefined
  }
  const scarce = () => {
    const left = running()?.secondsLeft ?? null
    return left !== null && left <= warnSeconds ? left : undefined
  }
  const broken = () => {
    const names = running()?.broken ?? []
    return names.length > 0 ? names : undefined
  }
  const failure = () => {
    const status = recording().status()
    return status?.tone === "bad" ? status : undefined
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
      <Show when={failure()}>{(status) => <Notice status={status()} closable onClose={recording().dismiss} />}</Show>
      <Show when={running() && recording().continuing.gap()}>
        {(gap) => <Notice status={goesOnText(gap())} closable onClose={recording().continuing.dismiss} />}
      </Show>
      <Show when={scarce()}>{(left) => <Notice status={spaceText(left())} />}</Show>
      <Show when={broken()}>{(names) => <Notice status={brokenText(names())} closable />}</Show>
      <Muted model={props.model} />
    </>
  )
}

/**
 * A host who records while muted may have forgotten it. Once closed, the notice stays closed until the next recording.
 */
const Muted = (props: { readonly model: Pick<HostModel, "recording" | "microphone" | "camera"> }) => {
  const records = () => props.model.recording.state()._tag === "Recording"
  const said = () => (props.model.camera.track() === null ? t.recording.muted.absent() : t.recording.muted.unheard())
  const [dismissed, setDismissed] = createSignal(false)
  createEffect(() => {
    if (!records()) setDismissed(false)
  })
  return (
    <Show when={records() && props.model.microphone.stopped() && !dismissed()}>
      <Notice status={{ tone: "warn", title: said(), detail: "" }} closable onClose={() => setDismissed(true)} />
    </Show>
  )
}
