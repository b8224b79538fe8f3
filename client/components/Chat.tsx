import { createEffect, createSignal, createUniqueId, For, on, Show } from "solid-js"
import { language, t } from "../words/t.js"
import { Button } from "./Button.js"
import css from "./Chat.module.css"

/** One thing that somebody wrote. */
export interface ChatLine {
  /** The same wherever it is shown. */
  readonly id: string
  /** The writer's name. */
  readonly from: string
  readonly text: string
  /** Written on this page. */
  readonly own: boolean
  /** When it came, in milliseconds since 1970. */
  readonly at: number
}

/** The most that goes into one message, as the control channel has it. */
const textAtMost = 1000

const timeOf = (at: number) => new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(at)

/** What was written since this page came, and the field to write more. */
export const Chat = (props: {
  readonly lines: ReadonlyArray<ChatLine>
  readonly onSay: (text: string) => void
  /** What this page cannot say now, and why: the field stays, so that nothing typed is lost. */
  readonly waiting?: string | undefined
}) => {
  const id = createUniqueId()
  const [text, setText] = createSignal("")
  let log: HTMLDivElement | undefined
  createEffect(
    on(
      () => props.lines.length,
      () => log?.scrollTo({ top: log.scrollHeight })
    )
  )
  const say = () => {
    const said = text().trim()
    if (said === "") return
    props.onSay(said)
    setText("")
  }
  return (
    <div class={css.chat}>
      <div
        ref={(element) => {
          log = element
        }}
        class={css.log}
        role="log"
        aria-label={t.chat.title()}
        tabindex="0"
      >
        <For each={props.lines} fallback={<p class={css.empty}>{t.chat.empty()}</p>}>
          {(line) => (
            <p class={css.line} data-own={line.own ? "" : undefined}>
              <span class={css.from}>
                <strong>{line.own ? t.chat.you() : line.from}</strong> <time>{timeOf(line.at)}</time>
              </span>
              <span class={css.text}>{line.text}</span>
            </p>
          )}
        </For>
      </div>
      <form
        class={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          say()
        }}
      >
        <label class={css.label} for={id}>
          {t.chat.field()}
        </label>
        <textarea
          id={id}
          class={css.field}
          data-first=""
          rows="2"
          maxlength={textAtMost}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
            event.preventDefault()
            say()
          }}
        />
        <Show when={props.waiting}>
          <p class={css.waiting} role="status">
            {props.waiting}
          </p>
        </Show>
        <Button look="main" type="submit">
          {t.chat.send()}
        </Button>
      </form>
    </div>
  )
}
