import { type Accessor, createEffect } from "solid-js"
import type { GuestState } from "../../rtc/States.js"
import { isOutside } from "./standing.js"

/** Calls `arrived` when the host comes for whom this page has waited: since its join, or since the host went away. */
export const createHostArrival = (state: Accessor<GuestState>, arrived: () => void): void => {
  createEffect<boolean>((waits) => {
    const current = state()
    if (current._tag === "Waiting") return !isOutside(current)
    if (current._tag !== "Live") return waits
    if (waits) arrived()
    return false
  }, false)
}
