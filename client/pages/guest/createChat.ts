import { type Accessor, createMemo, createSignal, mapArray, onCleanup } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { Unsent } from "../../features/chat/Chat.js"
import type { ChatEntry } from "../../features/chat/ChatEntry.js"
import { createDraft } from "../../features/chat/createDraft.js"
import { createUnread } from "../../features/chat/createUnread.js"
import type { ChatLine } from "../../rtc/chat.js"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { latestLines } from "../../rtc/history.js"
import { maxUnsent, saidAgain } from "../../rtc/rateLimits.js"

/** A line that this page wrote, and the host's page has not confirmed. */
interface Unconfirmed {
  readonly id: string
  readonly text: string
  readonly aside: boolean
  readonly at: number
  readonly state: "sending" | "unsent"
}

const isSending = ({ state }: Unconfirmed) => state === "sending"

const readUnconfirmed = (text: string | null): ReadonlyArray<Unconfirmed> => {
  try {
    // Not validated: this page wrote it, into a store that belongs to this tab.
    const kept: ReadonlyArray<Unconfirmed> | null = JSON.parse(text ?? "null")
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

const shownUnconfirmed = ({ aside, at, id, state, text }: Unconfirmed): ChatEntry => ({
  id,
  from: "",
  text,
  at,
  own: true,
  host: false,
  aside: aside ? { to: "host" } : null,
  state
})

const toMessage = ({ aside, id, text }: Unconfirmed): GuestMessage => ({
  type: "chat",
  id,
  text,
  ...(aside ? { aside } : {})
})

interface ChatOptions {
  readonly room: string | undefined
  readonly say: (message: GuestMessage) => void
  /** Whether the page's tab is visible. */
  readonly visible: Accessor<boolean>
  /** Somebody wrote a line just now while the chat was not on the screen. */
  readonly unseen: (line: ChatEntry) => void
}

/**
 * A guest's chat. A line is shown at once, and sent again over every new channel until the host's page confirms it,
 * because a connection that breaks loses messages that it had accepted.
 */
export const createChat = ({ room, say, unseen, visible }: ChatOptions) => {
  const storeKey = `chat-unsent:${room ?? ""}`
  const [confirmed, setConfirmed] = createSignal<ReadonlyArray<ChatEntry>>([])
  const [unconfirmed, setUnconfirmed] = createSignal(readUnconfirmed(tabMemory.get(storeKey)))
  const keep = (updated: ReadonlyArray<Unconfirmed>) => {
    setUnconfirmed(updated)
    const left = updated.filter(isSending)
    if (left.length === 0) tabMemory.remove(storeKey)
    else tabMemory.set(storeKey, JSON.stringify(left))
  }

  const sending = () => unconfirmed().filter(isSending)
  const [slowed, setSlowed] = createSignal(false)

  const add = (lines: ReadonlyArray<ChatLine>) => {
    const sentIds = new Set(lines.map(({ sent }) => sent))
    if (unconfirmed().some(({ id }) => sentIds.has(id))) keep(unconfirmed().filter(({ id }) => !sentIds.has(id)))
    if (sending().length === 0) setSlowed(false)
    setConfirmed((previous) => {
      const known = new Set(previous.map(({ id }) => id))
      const added = lines.filter(({ id }) => !known.has(id)).map(shownLine)
      // The history brings lines that were missed while the connection was down, after newer ones.
      if (added.length === 0) return previous
      const merged = [...previous, ...added].sort((one, other) => one.at - other.at)
      return latestLines(merged, ({ from, host, own }) => JSON.stringify([from, host, own]))
    })
  }

  const ownLines = createMemo(mapArray(unconfirmed, shownUnconfirmed))

  const lines = createMemo(() => [...confirmed(), ...ownLines()])
  const [open, setOpen] = createSignal(false)
  const shown = () => open() && visible()
  let resendTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(resendTimer))

  return {
    lines,
    unread: createUnread(lines, shown, room),
    /** Whether the chat is on the page. */
    setOpen,
    draft: createDraft(`chat-draft:${room ?? ""}`),
    write: (text: string, aside: boolean): Unsent | undefined => {
      if (sending().length >= maxUnsent) return "many"
      const line: Unconfirmed = { id: crypto.randomUUID(), text, aside, at: Date.now(), state: "sending" }
      keep([...unconfirmed(), line])
      say(toMessage(line))
      return undefined
    },
    /** Lines wait, because this page sent more than the host's page accepts at a time. */
    slowed: () => slowed() && sending().length > 0,
    /** The host's page did not accept every line: those that it does not confirm are sent again after a while. */
    slowDown: () => {
      setSlowed(true)
      clearTimeout(resendTimer)
      resendTimer = setTimeout(() => sending().map(toMessage).forEach(say), saidAgain)
    },
    receive: (message: Extract<HostMessage, { readonly type: "chat" | "history" }>) => {
      if (message.type === "history") return add(message.lines)
      const known = confirmed().some(({ id }) => id === message.id)
      add([message])
      if (!known && message.own !== true && !shown()) unseen(shownLine(message))
    },
    /** The unconfirmed lines, for a channel that opens. */
    greeting: (): ReadonlyArray<GuestMessage> => sending().map(toMessage),
    /** The call is over: unconfirmed lines stay readable here, and are sent to nobody else. */
    giveUp: () => keep(unconfirmed().map((line) => ({ ...line, state: "unsent" })))
  } as const
}
