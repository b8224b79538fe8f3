import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { ChatEntry } from "./ChatEntry.js"

/** What others wrote that was not on the screen yet, over reloads too: each line has a time, and those seen are older. */
export const createUnread = (
  lines: Accessor<ReadonlyArray<ChatEntry>>,
  open: Accessor<boolean>,
  room: string | undefined
) => {
  const store = `chat-seen:${room ?? ""}`
  const [seen, setSeen] = createSignal(Number(tabMemory.get(store) ?? 0))
  const latest = createMemo(() => lines().reduce((time, { at, own }) => (own ? time : Math.max(time, at)), 0))
  createEffect(() => {
    if (!open() || latest() <= seen()) return
    setSeen(latest())
    tabMemory.set(store, String(latest()))
  })
  const unread = createMemo(() => (open() ? [] : lines().filter(({ at, own }) => !own && at > seen())))
  return { count: () => unread().length, latest: () => unread().at(-1) } as const
}
