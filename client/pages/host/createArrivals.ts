import { type Accessor, createEffect, untrack } from "solid-js"
import type { Announcement } from "../../features/attention/createAttention.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { type Notable, notableBetween, notedFrom } from "../../rtc/notable.js"
import { makeRateLimitByKey, toldOfGuest } from "../../rtc/rateLimits.js"
import type { GuestView } from "../../rtc/States.js"

/** `listed`: a panel lists those who wait. Then there is no notice, which screen readers would read. */
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
 * Announces who comes, goes, waits or raises a hand. Guests whom a resumed page finds in the room are not announced,
 * and those who repeat the same thing are announced at a limited rate.
 */
export const createArrivals = (
  listening: Accessor<boolean>,
  guests: Accessor<ReadonlyArray<GuestView>>,
  listed: Accessor<boolean>,
  tell: (news: Announcement) => void
): void => {
  const isWithinLimit = makeRateLimitByKey(toldOfGuest)
  createEffect<ReadonlyArray<GuestView> | undefined>((previous) => {
    const current = guests()
    if (!listening()) return undefined
    if (previous === undefined) return current
    for (const notable of notableBetween(previous, current)) {
      if (isWithinLimit(`${notable._tag} ${notable.peer.id}`, Date.now()))
        tell(announcementOf(notable, untrack(listed)))
    }
    return notedFrom(previous, current)
  })
}
