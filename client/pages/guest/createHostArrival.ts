import { type Accessor, createEffect } from "solid-js"
import type { GuestState, WaitingReason } from "../../rtc/States.js"

/** There is a host, who has not let this guest in. */
const outside: ReadonlyArray<WaitingReason> = ["Admission", "RoomLocked"]

/** Tells when the host comes for whom this page has waited: since its join, or since the host went away. */
export const createHostArrival = (state: Accessor<GuestState>, arrived: () => void): void => {
  createEffect<boolean>((waits) => {
    const now = state()
    if (now._tag === "Waiting") return !outside.includes(now.reason)
    if (now._tag !== "Live") return waits
    if (waits) arrived()
    return false
  }, false)
}
