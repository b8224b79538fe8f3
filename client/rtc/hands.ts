import type { GuestView } from "./States.js"

/** The guests with a raised hand, in the order in which the hands went up. */
export const raisedHands = (guests: ReadonlyArray<GuestView>): ReadonlyArray<GuestView> =>
  guests.filter(({ hand }) => hand !== null).sort((one, other) => (one.hand ?? 0) - (other.hand ?? 0))

/** The hands that are up first, in their order, and then everybody else in theirs. */
export const handsFirst = (guests: ReadonlyArray<GuestView>): ReadonlyArray<GuestView> => [
  ...raisedHands(guests),
  ...guests.filter(({ hand }) => hand === null)
]
