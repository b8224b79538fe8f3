import { createEffect, createUniqueId, type JSX } from "solid-js"
import css from "./Dialog.module.css"
import { Sentence } from "./Sentence.js"

/** A modal question. Escape cancels it. */
export const Dialog = (props: {
  readonly open: boolean
  readonly title: string
  readonly detail: string
  readonly onClose: () => void
  readonly children: JSX.Element
}) => {
  const id = createUniqueId()
  const follow = (dialog: HTMLDialogElement) => {
    createEffect(() => {
      if (props.open && !dialog.open) dialog.showModal()
      if (!props.open && dialog.open) dialog.close()
    })
  }
  return (
    <dialog
      ref={follow}
      class={css.ask}
      aria-labelledby={id}
      aria-describedby={`${id}-detail`}
      onClose={(event) => {
        // The event comes late: by then the dialog may be open again.
        if (!event.currentTarget.open) props.onClose()
      }}
    >
      <div class={css.body}>
        <h2 id={id}>
          <Sentence text={props.title} />
        </h2>
        <p id={`${id}-detail`}>{props.detail}</p>
        {props.children}
      </div>
    </dialog>
  )
}
