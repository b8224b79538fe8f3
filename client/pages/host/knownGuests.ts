import type { KnownGuest } from "../../rtc/HostCalls/guests.js"
import type { GuestView } from "../../rtc/States.js"

type Known = ReadonlyMap<string, KnownGuest>

/** The text by which a tab knows its guests after a reload. */
export const keepGuests = (guests: ReadonlyArray<GuestView>): string =>
  JSON.stringify(guests.map(({ peer, state }) => [peer.id, { name: peer.name, away: state === "Away" }]))

/** The guests whom this text keeps, by their ids. */
export const readGuests = (text: string | null): Known => {
  try {
    // What this page itself has written, in a store that belongs to this tab.
    return new Map(JSON.parse(text ?? "[]"))
  } catch {
    return new Map()
  }
}
