import type { KnownGuest } from "../../rtc/HostCalls/guests.js"
import type { GuestView } from "../../rtc/States.js"

type Known = ReadonlyMap<string, KnownGuest>

/** The text by which a tab knows its guests after a reload. */
export const keepGuests = (guests: ReadonlyArray<GuestView>): string =>
  JSON.stringify(guests.map(({ peer, state }) => [peer.id, { name: peer.name, away: state === "Away" }]))

const isKept = (entry: unknown): entry is readonly [string, KnownGuest] => {
  if (!Array.isArray(entry)) return false
  const [id, guest]: ReadonlyArray<unknown> = entry
  if (typeof id !== "string" || typeof guest !== "object" || guest === null) return false
  return "name" in guest && typeof guest.name === "string" && "away" in guest && typeof guest.away === "boolean"
}

/** The guests in stored text, by their ids. Entries that `keepGuests` does not write are left out. */
export const readGuests = (text: string | null): Known => {
  try {
    const kept: unknown = JSON.parse(text ?? "[]")
    return new Map(Array.isArray(kept) ? kept.filter(isKept) : [])
  } catch {
    return new Map()
  }
}
