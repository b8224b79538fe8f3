import { type Accessor, createMemo, createSignal, mapArray, onCleanup } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { Unsaid } from "../../features/chat/Chat.js"
import type { ChatEntry } from "../../features/chat/ChatEntry.js"
import { createDraft } from "../../features/chat/createDraft.js"
import { createUnread } from "../../features/chat/createUnread.js"
import type { ChatLine } from "../../rtc/chat.js"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { latestLines } from "../../rtc/history.js"
import { maxUnsent, saidAgain } from "../../rtc/rateLimits.js"

/** A line that this page wrote, and has not heard back from the host's page. */
interface Unheard {
  readonly id: string
  readonly text: string
  readonly aside: boolean
  readonly at: number
  readonly state: "sending" | "unsent"
}

const isSending = ({ state }: Unheard) => state === "sending"

const readUnheard = (text: string | null): ReadonlyArray<Unheard> => {
  try {
    // What this page itself has written, in a store that belongs to this tab.
    const kept: ReadonlyArray<Unheard> | null = JSON.parse(text ?? "null")
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

const shownLine = ({ aside = false, at, from, host = false, id, own = false, text }: ChatLine): ChatEntry => ({
  id,
  from,
  text,
  at,
  own,
  host,
  aside: aside ? { to: own ? "host" : "you" } : null,
  state: "sent"
})

const shownUnheard = ({ aside, at, id, state, text }: Unheard): ChatEntry => ({
  id,
  from: "",
  text,
  at,
  own: true,
  host: false,
  aside: aside ? { to: "host" } : null,
  state
})

const travelling = ({ aside, id, text }: Unheard): GuestMessage => ({
  type: "chat",
  id,
  text,
  ...(aside ? { aside } : {})
})

interface ChatOptions {
  readonly room: string | undefined
  readonly say: (message: GuestMessage) => void
  /** Whether the page's tab is looked at. */
  readonly visible: Accessor<boolean>
  /** Somebody has written something just now that nobody has on the screen. */
  readonly unseen: (line: ChatEntry) => void
}

/**
 * A guest's chat. What it writes is shown at once, and said again over every new channel until the host's page has it:
 * a connection that breaks takes messages along which it had accepted.
 */
export const createChat = ({ room, say, unseen, visible }: ChatOptions) => {
  const store = `chat-unsent:${room ?? ""}`
  const [heard, setHeard] = createSignal<ReadonlyArray<ChatEntry>>([])
  const [unheard, setUnheard] = createSignal(readUnheard(tabMemory.get(store)))
  const keep = (now: ReadonlyArray<Unheard>) => {
    setUnheard(now)
    const left = now.filter(isSending)
    if (left.length === 0) tabMemory.remove(store)
    else tabMemory.set(store, JSON.stringify(left))
  }

  const sending = () => unheard().filter(isSending)
  const [slowed, setSlowed] = createSignal(false)

  const add = (lines: ReadonlyArray<ChatLine>) => {
    const come = new Set(lines.map(({ sent }) => sent))
    if (unheard().some(({ id }) => come.has(id))) keep(unheard().filter(({ id }) => !come.has(id)))
    if (sending().length === 0) setSlowed(false)
    setHeard((before) => {
      const known = new Set(before.map(({ id }) => id))
      const news = lines.filter(({ id }) => !known.has(id)).map(shownLine)
      // What was missed while the connection was down comes with the history, after lines that are younger.
      if (news.length === 0) return before
      const now = [...before, ...news].sort((one, other) => one.at - other.at)
      return latestLines(now, ({ from, host, own }) => JSON.stringify([from, host, own]))
    })
  }

  const ownLines = createMemo(mapArray(unheard, shownUnheard))

  const lines = createMemo(() => [...heard(), ...ownLines()])
  const [open, setOpen] = createSignal(false)
  const shown = () => open() && visible()
  let again: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(again))

  return {
    lines,
    unread: createUnread(lines, shown, room),
    /** Whether the chat is on the page. */
    setOpen,
    draft: createDraft(`chat-draft:${room ?? ""}`),
    write: (text: string, aside: boolean): Unsaid | undefined => {
      if (sending().length >= maxUnsent) return "many"
      const line: Unheard = { id: crypto.randomUUID(), text, aside, at: Date.now(), state: "sending" }
      keep([...unheard(), line])
      say(travelling(line))
      return undefined
    },
    /** Lines wait since this page has said more than was taken. */
    slowed: () => slowed() && sending().length > 0,
    /** The host's page did not take all that this one said: what it does not tell back is said again in a while. */
    slowDown: () => {
      setSlowed(true)
      clearTimeout(again)
      again = setTimeout(() => sending().map(travelling).forEach(say), saidAgain)
    },
    receive: (message: Extract<HostMessage, { readonly type: "chat" | "history" }>) => {
      if (message.type === "history") return add(message.lines)
      const known = heard().some(({ id }) => id === message.id)
      add([message])
      if (!known && message.own !== true && !shown()) unseen(shownLine(message))
    },
    /** What is still to be said, for a channel that opens. */
    greeting: (): ReadonlyArray<GuestMessage> => sending().map(travelling),
    /** The call is over: what has not come through stays here to be read, and goes to nobody else. */
    giveUp: () => keep(unheard().map((line) => ({ ...line, state: "unsent" })))
  } as const
}
