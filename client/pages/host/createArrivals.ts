import { type Accessor, createEffect } from "solid-js"
import { type Notable, notableBetween } from "../../rtc/notable.js"
import type { GuestTile } from "../../rtc/States.js"
import { isolated } from "../../words/isolated.js"
import { t } from "../../words/t.js"
import type { News } from "../createAttention.js"

const newsOf = ({ _tag, name }: Notable): News => {
  switch (_tag) {
    case "Arrived":
      return { chime: "arrived", words: () => t.attention.arrived(isolated(name)) }
    case "Knocked":
      return { chime: "knocked", words: () => t.attention.knocked(isolated(name)) }
    case "HandRaised":
      return { chime: "hand", words: () => t.attention.handRaised(isolated(name)) }
  }
}

/** Tells who comes, waits or raises a hand. Those whom a resumed page finds there have not come just now. */
export const createArrivals = (
  listening: Accessor<boolean>,
  guests: Accessor<ReadonlyArray<GuestTile>>,
  tell: (news: News) => void
): void => {
  createEffect<ReadonlyArray<GuestTile> | undefined>((before) => {
    const now = guests()
    if (!listening()) return undefined
    for (const notable of before === undefined ? [] : notableBetween(before, now)) tell(newsOf(notable))
    return now
  })
}
