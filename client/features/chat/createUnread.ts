import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { ChatEntry } from "./ChatEntry.js"

/** Lines of others that were not on the screen yet, also after a reload: the time of the newest seen line is stored. */
export const createUnread = (
  lines: Accessor<ReadonlyArray<ChatEntry>>,
  open: Accessor<boolean>,
  room: string | undefined
) => {
  const storeKey = `chat-seen:${room ?? ""}`
  const [seen, setSeen] = createSignal(Number(tabMemory.get(storeKey) ?? 0))
  const latest = createMemo(() => lines().reduce((time, { at, own }) => (own ? time : Math.max(time, at)), 0))
  createEffect(() => {
    if (!open() || latest() <= seen()) return
    setSeen(latest())
    tabMemory.set(storeKey, String(latest()))
  })
  const unread = createMemo(() => (open() ? [] : lines().filter(({ at, own }) => !own && at > seen())))
  return { count: () => unread().length, latest: () => unread().at(-1) } as const
}
