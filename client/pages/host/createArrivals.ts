import { type Accessor, createEffect } from "solid-js"
import type { Announcement } from "../../features/attention/createAttention.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { type Notable, notableBetween, notedFrom } from "../../rtc/notable.js"
import { makeRateLimitByKey, toldOfGuest } from "../../rtc/rateLimits.js"
import type { GuestView } from "../../rtc/States.js"

const announcementOf = ({ _tag, peer: { name } }: Notable): Announcement => {
  switch (_tag) {
    case "Arrived":
      return { chime: "arrived", words: () => t.attention.arrived(isolated(name)) }
    case "Knocked":
      return { chime: "knocked", words: () => t.attention.knocked(isolated(name)) }
    case "HandRaised":
      return { chime: "hand", words: () => t.attention.handRaised(isolated(name)) }
  }
}

/**
 * Tells who comes, waits or raises a hand. Those whom a resumed page finds there have not come just now, and of one who
 * does the same without end not all is told.
 */
export const createArrivals = (
  listening: Accessor<boolean>,
  guests: Accessor<ReadonlyArray<GuestView>>,
  tell: (news: Announcement) => void
): void => {
  const isTold = makeRateLimitByKey(toldOfGuest)
  createEffect<ReadonlyArray<GuestView> | undefined>((before) => {
    const now = guests()
    if (!listening()) return undefined
    if (before === undefined) return now
    for (const notable of notableBetween(before, now)) {
      if (isTold(`${notable._tag} ${notable.peer.id}`, Date.now())) tell(announcementOf(notable))
    }
    return notedFrom(before, now)
  })
}
