import { type Accessor, createEffect } from "solid-js"
import type { GuestState } from "../../rtc/States.js"
import { isOutside } from "./standing.js"

/** Tells when the host comes for whom this page has waited: since its join, or since the host went away. */
export const createHostArrival = (state: Accessor<GuestState>, arrived: () => void): void => {
  createEffect<boolean>((waits) => {
    const now = state()
    if (now._tag === "Waiting") return !isOutside(now)
    if (now._tag !== "Live") return waits
    if (waits) arrived()
    return false
  }, false)
}
