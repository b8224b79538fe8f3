import { type Accessor, createEffect, createMemo, createSignal, mapArray, on, untrack } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { Unsent } from "../../features/chat/Chat.js"
import { createDraft } from "../../features/chat/createDraft.js"
import { createUnread } from "../../features/chat/createUnread.js"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { historyOf, latestLines } from "../../rtc/history.js"
import type { GuestView, HostState } from "../../rtc/States.js"
import type { SessionModel } from "./createSession.js"
import { type HostChatLine, isFor, keepLines, readLines, toGuest, toHost } from "./hostChatLines.js"

interface ChatOptions {
  readonly room: string | undefined
  readonly state: Accessor<HostState>
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  readonly ask: SessionModel["ask"]
  /** The host's name. */
  readonly name: () => string
  /** Whether the page's tab is visible. */
  readonly visible: Accessor<boolean>
  /** A guest wrote a line while the chat was not on the screen. */
  readonly unseen: (from: string) => void
}

/**
 * The chat, which runs over the host's page: it passes what one person writes to all who are in, or to one. It keeps
 * the latest lines of the session, through its own reload too, and sends them to whoever joins.
 */
export const createChat = ({ ask, guests, name, room, state, unseen, visible }: ChatOptions) => {
  const storeKey = `chat:${room ?? ""}`
  const [lines, setLines] = createSignal<ReadonlyArray<HostChatLine>>([])
  const session = createMemo(() => {
    const current = state()
    return current._tag === "Listening" ? current.session : null
  })
  createEffect(
    on(session, (current) => {
      if (current !== null) setLines(readLines(tabMemory.get(storeKey), current))
    })
  )

  const keep = (line: HostChatLine) => {
    setLines((previous) => latestLines([...previous, line], ({ author }) => author))
    const current = untrack(session)
    if (current !== null) tabMemory.set(storeKey, keepLines({ session: current, lines: untrack(lines) }))
  }
  const tell = (line: HostChatLine) => {
    keep(line)
    for (const { peer, state } of untrack(guests)) {
      // A guest who is away gets it with the history, on return.
      if (state === "Waiting" || state === "Away" || !isFor(peer.id, line)) continue
      ask((calls) => calls.tell(peer.id, { type: "chat", ...toGuest(peer.id, line) }))
    }
  }
  const tileOf = (id: string | null) => guests().find(({ peer, state }) => peer.id === id && state !== "Waiting")

  const shownLines = createMemo(mapArray(lines, toHost))
  const [open, setOpen] = createSignal(false)
  const shown = () => open() && visible()

  return {
    lines: shownLines,
    unread: createUnread(shownLines, shown, room),
    /** Whether the chat is on the page. */
    setOpen,
    draft: createDraft(`chat-draft:${room ?? ""}`),
    /** The guests to whom the host can write privately. */
    recipients: () =>
      guests().flatMap(({ peer, state }) =>
        state === "Waiting" || state === "Away" ? [] : [{ id: peer.id, name: peer.name }]
      ),
    /** To all, or to this guest only. */
    write: (text: string, to: string | null): Unsent | undefined => {
      const tile = tileOf(to)
      if (to !== null && tile === undefined) return "gone"
      tell({
        id: crypto.randomUUID(),
        author: null,
        from: name(),
        text,
        at: Date.now(),
        aside: tile === undefined ? null : { guest: tile.peer.id, name: tile.peer.name },
        sent: null
      })
      return undefined
    },
    receive: (guest: string, { aside = false, id: sent, text }: Extract<GuestMessage, { readonly type: "chat" }>) => {
      const tile = tileOf(guest)
      if (tile === undefined) return
      // It begins with the guest's id, so that no guest can name another's lines.
      const id = sent === undefined ? crypto.randomUUID() : `${guest} ${sent}`
      const known = lines().find((line) => line.id === id)
      // The guest's page has sent the line again, because it got no confirmation.
      if (known !== undefined) {
        return ask((calls) => calls.tell(guest, { type: "chat", ...toGuest(guest, known) }))
      }
      const from = tile.peer.name
      tell({
        id,
        author: guest,
        from,
        text,
        at: Date.now(),
        aside: aside ? { guest, name: from } : null,
        sent: sent ?? null
      })
      if (!untrack(shown)) unseen(from)
    },
    /** What has been written so far, for a guest whose channel opens: what is for all, and what is for this one. */
    history: (guest: string): ReadonlyArray<HostMessage> =>
      untrack(() =>
        historyOf(
          lines()
            .filter((line) => isFor(guest, line))
            .map((line) => toGuest(guest, line))
        )
      )
  } as const
}
