import { Match, Switch } from "solid-js"
import { leftWords, sizeWords } from "../../i18n/recordingText.js"
import { t } from "../../i18n/t.js"
import { createElapsed } from "../../solid/createElapsed.js"
import { Button } from "../../ui/Button.js"
import type { RecordingModel } from "./createRecording.js"
import { StoredRecordings } from "./StoredRecordings.js"
import css from "./StoredRecordings.module.css"

/** What is being recorded, or the button that begins; and the stored recordings. */
export const RecordingPanel = (props: { readonly recording: RecordingModel }) => (
  <>
    <CurrentRecording recording={props.recording} />
    <StoredRecordings
      recording={props.recording}
      empty={props.recording.state()._tag === "Recording" ? undefined : t.recording.noneKept()}
    />
  </>
)

const CurrentRecording = (props: { readonly recording: RecordingModel }) => {
  const running = () => {
    const current = props.recording.state()
    return current._tag === "Recording" ? current : undefined
  }
  const elapsed = createElapsed(() => running()?.since)
  const left = (seconds: number | null) => (seconds === null ? t.recording.leftUnknown() : leftWords(seconds))
  return (
    <section class={css.shelf}>
      <Switch
        fallback={
          <>
            <h2>{t.recording.idleTitle()}</h2>
            <p class={css.detail}>{t.recording.idleDetail()}</p>
            <div class={css.answers}>
              <Button variant="main" onClick={props.recording.start}>
                {t.recording.begin()}
              </Button>
            </div>
          </>
        }
      >
        <Match when={running()}>
          {(current) => (
            <>
              <h2>{t.recording.runningTitle(elapsed())}</h2>
              <p>{t.recording.who(current().names)}</p>
              <p class={css.detail}>{t.recording.written(sizeWords(current().bytes))}</p>
              <p class={css.detail}>{left(current().secondsLeft)}</p>
              <div class={css.answers}>
                <Button variant="danger" onClick={props.recording.stop}>
                  {t.recording.stop()}
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={props.recording.state()._tag === "Starting"}>
          <p>{t.recording.starting()}</p>
        </Match>
        <Match when={props.recording.state()._tag === "Finishing"}>
          <p>{t.recording.finishing()}</p>
        </Match>
      </Switch>
    </section>
  )
}
