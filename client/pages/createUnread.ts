import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import type { ChatLine } from "../components/Chat.js"

/** What others wrote while the chat was closed. */
export const createUnread = (lines: Accessor<ReadonlyArray<ChatLine>>, open: Accessor<boolean>) => {
  const [seen, setSeen] = createSignal(0)
  createEffect(() => {
    if (open()) setSeen(lines().length)
  })
  const unread = createMemo(() =>
    open()
      ? []
      : lines()
          .slice(seen())
          .filter(({ own }) => !own)
  )
  return { count: () => unread().length, latest: () => unread().at(-1) } as const
}
