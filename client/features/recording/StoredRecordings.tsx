import { createSignal, For, Show } from "solid-js"
import { sizeWords, spanWords } from "../../i18n/recordingText.js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import ask from "../../ui/Dialog.module.css"
import { Notice } from "../../ui/Notice.js"
import type { RecordingModel } from "./createRecording.js"
import css from "./StoredRecordings.module.css"

type Unsaved = ReturnType<RecordingModel["unsaved"]>[number]

const contentWords = ({ bytes, files, names, recordedUntil, startedAt }: Unsaved) => {
  const [when, size] = [spanWords(startedAt, recordedUntil), sizeWords(bytes)]
  return names === null ? t.recording.unlisted(when, files, size) : t.recording.unsaved(when, names, files, size)
}

/** What happened to the recordings, and those stored in this browser, to be saved or deleted. */
export const StoredRecordings = (props: {
  readonly recording: RecordingModel
  /** Shown if nothing is stored. Default: nothing. */
  readonly empty?: string | undefined
}) => {
  const [deleting, setDeleting] = createSignal<string>()
  return (
    <>
      <div aria-live="polite">
        <Show when={props.recording.status()}>
          {(status) => <Notice status={status()} closable onClose={props.recording.dismiss} />}
        </Show>
      </div>
      <Show
        when={props.recording.unsaved().length > 0}
        fallback={<Show when={props.empty}>{(empty) => <p class={css.detail}>{empty()}</p>}</Show>}
      >
        <section class={css.shelf}>
          <h2>{t.recording.unsavedTitle()}</h2>
          <p class={css.detail}>
            {t.recording.retention[props.recording.retention()]()} {t.recording.privateWindow()}
          </p>
          <ul class={css.list}>
            <For each={props.recording.unsaved()}>
              {(one) => <StoredRecording one={one} recording={props.recording} onDelete={() => setDeleting(one.id)} />}
            </For>
          </ul>
        </section>
      </Show>
      <Dialog
        open={deleting() !== undefined}
        title={t.recording.confirmRemove()}
        detail={t.recording.confirmRemoveDetail()}
        onClose={() => setDeleting(undefined)}
      >
        <div class={ask.answers}>
          <Button onClick={() => setDeleting(undefined)}>{t.common.cancel()}</Button>
          <Button
            variant="danger"
            onClick={() => {
              const id = deleting()
              setDeleting(undefined)
              if (id !== undefined) props.recording.remove(id)
            }}
          >
            {t.recording.remove()}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

const StoredRecording = (props: {
  readonly one: Unsaved
  readonly recording: RecordingModel
  readonly onDelete: () => void
}) => {
  const saving = () => {
    const current = props.recording.saving()
    return current?.id === props.one.id ? current : undefined
  }
  return (
    <li class={css.kept}>
      <p>{contentWords(props.one)}</p>
      <Show when={props.one.downloaded}>
        <p class={css.detail}>{t.recording.downloadedMark()}</p>
      </Show>
      <Show
        when={saving()}
        fallback={
          <div class={css.answers}>
            <Show when={props.recording.canPickFolder}>
              <Button variant="main" onClick={() => props.recording.saveToFolder(props.one.id)}>
                {t.recording.saveToFolder()}
              </Button>
            </Show>
            <Button onClick={() => props.recording.download(props.one.id)}>{t.recording.download()}</Button>
            <Button variant="danger" onClick={() => props.onDelete()}>
              {t.recording.remove()}
            </Button>
          </div>
        }
      >
        {(current) => <p aria-live="polite">{t.recording.saving(current().done, current().of)}</p>}
      </Show>
    </li>
  )
}
