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

/** What is being written, kept by the page: a panel that is closed loses nothing. */
interface Draft {
  readonly text: () => string
  readonly setText: (text: string) => void
  /** The id of the one who reads it. Null: everyone. */
  readonly to: () => string | null
  readonly setTo: (to: string | null) => void
}

/** Why nothing was sent. `gone`: nobody of this id is there. `many`: too many lines wait to be sent already. */
export type Unsaid = "gone" | "many"

/** Somebody who can be written to alone. */
export interface Reader {
  readonly id: string
  /** The name of the choice, and of the field while it is chosen. */
  readonly label: string
  readonly field: string
}

const timeOf = (at: number) => new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(at)

/** What was written, and the field to write more: to everyone, or to one person alone. */
export const Chat = (props: {
  readonly lines: ReadonlyArray<ChatEntry>
  readonly draft: Draft
  readonly readers: ReadonlyArray<Reader>
  /** To the reader of this id, or to everyone. */
  readonly onSay: (text: string, to: string | null) => Unsaid | undefined
  /** What this page cannot say now, and why: the field stays, so that nothing typed is lost. */
  readonly waiting?: string | undefined
  /** Why nothing can be sent any more. */
  readonly over?: string | undefined
}) => {
  const id = createUniqueId()
  const [refused, setRefused] = createSignal<"long" | Unsaid>()
  let log: HTMLDivElement | undefined
  /** Whoever reads what is above is left there, whatever others write. */
  let atEnd = true
  createEffect(
    on(
      () => props.lines.at(-1)?.id,
      () => {
        if (atEnd || props.lines.at(-1)?.own) log?.scrollTo({ top: log.scrollHeight })
      }
    )
  )
  const reader = () => props.readers.find(({ id }) => id === props.draft.to())
  /** The person chosen stays chosen: what was meant for one must not go to all, because that one has left. */
  const gone = () => props.draft.to() !== null && reader() === undefined
  const said = () => props.draft.text().trim()
  const say = () => {
    if (said() === "" || props.over !== undefined) return
    if (said().length > maxChatLength) return void setRefused("long")
    const unsaid = gone() ? "gone" : props.onSay(said(), props.draft.to())
    setRefused(unsaid)
    if (unsaid === undefined) props.draft.setText("")
  }
  const trouble = () => {
    if (props.over !== undefined) return props.over
    if (refused() === "long" && said().length > maxChatLength) return t.chat.tooLong(said().length, maxChatLength)
    if (gone()) return t.chat.gone()
    if (refused() === "many" && said() !== "") return t.chat.tooMany()
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
          // Where a page is scaled these are no whole pixels.
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
          say()
        }}
      >
        <Show when={props.readers.length > 0 || gone()}>
          <Select
            label={t.chat.to()}
            choices={[
              { value: "", label: t.chat.everyone() },
              ...props.readers.map(({ id, label }) => ({ value: id, label })),
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
          <Sentence text={reader()?.field ?? t.chat.field()} />
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
            say()
          }}
        />
        <p class={css.waiting} role="status">
          {trouble()}
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

/** One line: who wrote it and when, who reads it where that is not everybody, and the text with its links. */
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
              {/* Alone: characters around it that turn writing around would make it read as another address. */}
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
