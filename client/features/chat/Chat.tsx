import { createEffect, createSignal, createUniqueId, For, on, Show } from "solid-js"
import { isolated } from "../../i18n/isolated.js"
import { language, t } from "../../i18n/t.js"
import { maxChatLength } from "../../rtc/history.js"
import { Button } from "../../ui/Button.js"
import { Select } from "../../ui/Select.js"
import { Sentence } from "../../ui/Sentence.js"
import css from "./Chat.module.css"
import type { ChatEntry } from "./ChatEntry.js"
import { piecesOf } from "./chatText.js"

/** What is being written, kept by the page: closing the panel loses nothing. */
interface Draft {
  readonly text: () => string
  readonly setText: (text: string) => void
  /** The id of the one who reads it. Null: everyone. */
  readonly to: () => string | null
  readonly setTo: (to: string | null) => void
}

/** Why nothing was sent. `gone`: nobody of this id is there. `many`: too many lines wait to be sent already. */
export type Unsent = "gone" | "many"

/** Somebody to whom a line can be sent privately. */
export interface Recipient {
  readonly id: string
  /** The label of the choice, and of the field while it is chosen. */
  readonly label: string
  readonly field: string
}

const timeOf = (at: number) => new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(at)

/** What was written, and the field to write more: to everyone, or to one person only. */
export const Chat = (props: {
  readonly lines: ReadonlyArray<ChatEntry>
  readonly draft: Draft
  readonly recipients: ReadonlyArray<Recipient>
  /** To the recipient of this id, or to everyone. */
  readonly onSend: (text: string, to: string | null) => Unsent | undefined
  /** Why nothing can be sent now. The field stays, so that nothing typed is lost. */
  readonly waiting?: string | undefined
  /** Why nothing can be sent any more. */
  readonly over?: string | undefined
}) => {
  const id = createUniqueId()
  const [refused, setRefused] = createSignal<"long" | Unsent>()
  let log: HTMLDivElement | undefined
  /** Somebody who has scrolled up stays there while others write. */
  let atEnd = true
  createEffect(
    on(
      () => props.lines.at(-1)?.id,
      () => {
        if (atEnd || props.lines.at(-1)?.own) log?.scrollTo({ top: log.scrollHeight })
      }
    )
  )
  const recipient = () => props.recipients.find(({ id }) => id === props.draft.to())
  /** The person chosen stays chosen: what was meant for one must not go to all, because that one has left. */
  const gone = () => props.draft.to() !== null && recipient() === undefined
  const typed = () => props.draft.text().trim()
  const send = () => {
    if (typed() === "" || props.over !== undefined) return
    if (typed().length > maxChatLength) return void setRefused("long")
    const unsent = gone() ? "gone" : props.onSend(typed(), props.draft.to())
    setRefused(unsent)
    if (unsent === undefined) props.draft.setText("")
  }
  const hint = () => {
    if (props.over !== undefined) return props.over
    if (refused() === "long" && typed().length > maxChatLength) return t.chat.tooLong(typed().length, maxChatLength)
    if (gone()) return t.chat.gone()
    if (refused() === "many" && typed() !== "") return t.chat.tooMany()
    return props.waiting
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
        onScroll={({ currentTarget: { clientHeight, scrollHeight, scrollTop } }) => {
          // In a scaled page these are not whole pixels.
          atEnd = scrollHeight - scrollTop - clientHeight < 2
        }}
      >
        <For each={props.lines} fallback={<p class={css.empty}>{t.chat.empty()}</p>}>
          {(line) => <Line line={line} />}
        </For>
      </div>
      <form
        class={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Show when={props.recipients.length > 0 || gone()}>
          <Select
            label={t.chat.to()}
            choices={[
              { value: "", label: t.chat.everyone() },
              ...props.recipients.map(({ id, label }) => ({ value: id, label })),
              ...(gone() ? [{ value: props.draft.to() ?? "", label: t.chat.goneReader() }] : [])
            ]}
            value={props.draft.to() ?? ""}
            onPick={(to) => {
              setRefused(undefined)
              props.draft.setTo(to === "" ? null : to)
            }}
          />
        </Show>
        <label class={css.label} for={id}>
          <Sentence text={recipient()?.field ?? t.chat.field()} />
        </label>
        <textarea
          id={id}
          class={css.field}
          data-first=""
          data-aside={props.draft.to() === null ? undefined : ""}
          rows="2"
          value={props.draft.text()}
          onInput={(event) => props.draft.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <p class={css.waiting} role="status">
          {hint()}
        </p>
        <Button variant="main" type="submit">
          {t.chat.send()}
        </Button>
      </form>
    </div>
  )
}

const asideWords = (line: ChatEntry): string | undefined => {
  if (line.aside === null) return undefined
  switch (line.aside.to) {
    case "you":
      return t.chat.onlyToYou()
    case "host":
      return t.chat.onlyToHost()
    case "guest":
      return t.chat.onlyTo(isolated(line.aside.name))
  }
}

/** One line: who wrote it and when, who reads it if not everybody, and the text with its links. */
const Line = (props: { readonly line: ChatEntry }) => (
  <p
    class={css.line}
    data-own={props.line.own ? "" : undefined}
    data-aside={props.line.aside === null ? undefined : ""}
    data-state={props.line.state}
  >
    <span class={css.from}>
      <strong>
        <bdi>{props.line.own ? t.chat.you() : props.line.from}</bdi>
      </strong>{" "}
      <Show when={props.line.host}>
        <span class={css.role}>{t.chat.hostRole()}</span>{" "}
      </Show>
      <time datetime={new Date(props.line.at).toISOString()}>{timeOf(props.line.at)}</time>{" "}
      <Show when={asideWords(props.line)}>
        {(words) => (
          <span class={css.aside}>
            <Sentence text={words()} />
          </span>
        )}
      </Show>{" "}
      <Show when={props.line.state !== "sent"}>
        <span class={css.state}>{props.line.state === "sending" ? t.chat.sending() : t.chat.unsent()}</span>
      </Show>
    </span>
    <span class={css.text} dir="auto">
      <For each={piecesOf(props.line.text)}>
        {(piece) =>
          piece._tag === "Link" ? (
            <a href={piece.href} target="_blank" rel="noopener noreferrer">
              {/* Isolated: characters around it that reverse the writing would make it read as another address. */}
              <bdi dir="ltr">{piece.text}</bdi>
            </a>
          ) : (
            piece.text
          )
        }
      </For>
    </span>
  </p>
)
