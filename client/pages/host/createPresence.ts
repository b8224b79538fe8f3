import { type Accessor, createMemo } from "solid-js"
import type { GuestView } from "../../rtc/States.js"
import { sameMembers } from "../../solid/same.js"

/** Who waits, who is in, who is away, and whose tile has shrunk. */
export const createPresence = (guests: Accessor<ReadonlyArray<GuestView>>) => {
  const admitted = createMemo(() => guests().filter(({ state }) => state !== "Waiting"))
  const inside = createMemo(() => admitted().filter(({ state }) => state !== "Away"))
  return {
    waiting: createMemo(() => guests().filter(({ state }) => state === "Waiting")),
    /** Who is in and who is away, in the order in which they came. */
    admitted,
    inside,
    away: createMemo(() => guests().filter(({ state }) => state === "Away")),
    shrunk: createMemo<ReadonlySet<string>>(
      () => new Set(inside().flatMap(({ gone, peer }) => (gone === null ? [] : [peer.id]))),
      new Set<string>(),
      { equals: sameMembers }
    )
  } as const
}
