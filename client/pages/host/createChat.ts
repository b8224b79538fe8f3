import { type Accessor, createEffect, createMemo, createSignal, mapArray, on, untrack } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { Unsaid } from "../../features/chat/Chat.js"
import { createDraft } from "../../features/chat/createDraft.js"
import { createUnread } from "../../features/chat/createUnread.js"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { historyOf, latestLines } from "../../rtc/history.js"
import type { GuestView, HostState } from "../../rtc/States.js"
import type { SessionModel } from "./createSession.js"
import { type HostLine, isFor, keepLines, readLines, toGuest, toHost } from "./hostLines.js"

interface ChatOptions {
  readonly room: string | undefined
  readonly state: Accessor<HostState>
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  readonly ask: SessionModel["ask"]
  /** What the host is called. */
  readonly name: () => string
  /** Whether the page's tab is looked at. */
  readonly visible: Accessor<boolean>
  /** A guest has written something that nobody has on the screen. */
  readonly unseen: (from: string) => void
}

/**
 * The chat, which runs over the host's page: what one writes it tells to all who are in, or to one. It keeps the
 * latest lines of the session, through its own reload too, and gives them to whoever comes.
 */
export const createChat = ({ ask, guests, name, room, state, unseen, visible }: ChatOptions) => {
  const store = `chat:${room ?? ""}`
  const [lines, setLines] = createSignal<ReadonlyArray<HostLine>>([])
  const session = createMemo(() => {
    const now = state()
    return now._tag === "Listening" ? now.session : null
  })
  createEffect(
    on(session, (now) => {
      if (now !== null) setLines(readLines(tabMemory.get(store), now))
    })
  )

  const keep = (line: HostLine) => {
    setLines((before) => latestLines([...before, line], ({ author }) => author))
    const now = untrack(session)
    if (now !== null) tabMemory.set(store, keepLines({ session: now, lines: untrack(lines) }))
  }
  const tell = (line: HostLine) => {
    keep(line)
    for (const { peer, state } of untrack(guests)) {
      // Whoever is away gets it with the history, when it is back.
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
    /** Who may be written to alone. */
    readers: () =>
      guests().flatMap(({ peer, state }) =>
        state === "Waiting" || state === "Away" ? [] : [{ id: peer.id, name: peer.name }]
      ),
    /** To all, or to this guest alone. */
    write: (text: string, to: string | null): Unsaid | undefined => {
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
      // In a space of its own: one guest's ids say nothing about another's lines.
      const id = sent === undefined ? crypto.randomUUID() : `${guest} ${sent}`
      const known = lines().find((line) => line.id === id)
      // Repeated, since its page has not heard that it came.
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
