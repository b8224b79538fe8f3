import { type Accessor, createEffect, untrack } from "solid-js"
import type { Announcement } from "../../features/attention/createAttention.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { type Notable, notableBetween, notedFrom } from "../../rtc/notable.js"
import { makeRateLimitByKey, toldOfGuest } from "../../rtc/rateLimits.js"
import type { GuestView } from "../../rtc/States.js"

/** `listed`: who waits is listed in a panel, and not told in a notice, which screen readers read. */
const announcementOf = ({ _tag, peer: { name } }: Notable, listed: boolean): Announcement => {
  switch (_tag) {
    case "Arrived":
      return { chime: "arrived", words: () => t.attention.arrived(isolated(name)), aloud: true }
    case "Knocked":
      return { chime: "knocked", words: () => t.attention.knocked(isolated(name)), aloud: listed }
    case "HandRaised":
      return { chime: "hand", words: () => t.attention.handRaised(isolated(name)), aloud: true }
    case "Gone":
      return { chime: null, words: () => t.attention.gone(isolated(name)), aloud: true }
  }
}

/**
 * Tells who comes, goes, waits or raises a hand. Those whom a resumed page finds there have not come just now, and of one
 * who does the same without end not all is told.
 */
export const createArrivals = (
  listening: Accessor<boolean>,
  guests: Accessor<ReadonlyArray<GuestView>>,
  listed: Accessor<boolean>,
  tell: (news: Announcement) => void
): void => {
  const isTold = makeRateLimitByKey(toldOfGuest)
  createEffect<ReadonlyArray<GuestView> | undefined>((before) => {
    const now = guests()
    if (!listening()) return undefined
    if (before === undefined) return now
    for (const notable of notableBetween(before, now)) {
      if (isTold(`${notable._tag} ${notable.peer.id}`, Date.now())) tell(announcementOf(notable, untrack(listed)))
    }
    return notedFrom(before, now)
  })
}
