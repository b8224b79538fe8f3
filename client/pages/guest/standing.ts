/** What a guest can do, by the state of the call. */
import type { GuestState } from "../../rtc/States.js"

const overTags: ReadonlyArray<GuestState["_tag"]> = ["Ended", "Refused", "AnotherHost", "Elsewhere"]

/**
 * The guest is out of the conference, or never was in it: nothing is sent, and nothing more is tried without a press.
 */
export const isOver = ({ _tag }: GuestState): boolean => overTags.includes(_tag)

/** There is a host, who has not let this guest in. */
export const isOutside = (state: GuestState): boolean =>
  state._tag === "Waiting" && (state.reason === "RoomLocked" || state.reason === "Admission")

/** Somebody sees, hears and reads this guest, or will as soon as the call is connected. */
export const hasCompany = (state: GuestState): boolean =>
  state._tag === "Waiting" ? state.reason === "HostAway" : !isOver(state)
