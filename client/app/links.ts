/**
 * The addresses of the pages. A room's name is in the query, a host key only in the fragment, which browsers never
 * send.
 */
import { randomText } from "../browser/randomText.js"

const roomName = /^[A-Za-z0-9_-]{1,64}$/

/**
 * The name of the deployment's default room, which the service sends with each page (`Server-Timing`). Null if this
 * browser does not expose it.
 */
export const defaultRoomOf = (timings: ReadonlyArray<Pick<PerformanceServerTiming, "name" | "description">>) =>
  timings.find(({ name }) => name === "default-room")?.description ?? null

/**
 * The room that an address names. Undefined: the deployment's default room, also if it is named, because one room has
 * one key. Null: no room can have this name.
 */
export const roomOf = (query: string, defaultRoom: string | null = null): string | null | undefined => {
  const room = new URLSearchParams(query).get("room")
  if (room === null || room === "" || room === defaultRoom) return undefined
  return roomName.test(room) ? room : null
}

const queryOf = (room: string | undefined) => (room === undefined ? "" : `?room=${room}`)

/** The address for a room's guests. */
export const invitation = (origin: string, room: string | undefined): string => `${origin}/client${queryOf(room)}`

/** The address at which the holder of the key becomes the room's host. */
export const hostLink = (origin: string, room: string | undefined, hostKey: string): string =>
  `${origin}/host${queryOf(room)}#key=${hostKey}`

/** `URL.parse` is newer than the oldest browsers that these pages support. */
const addressOf = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** The guest page for what a person typed or pasted: a code, or a link to any page of a room. Null: neither. */
export const destinationOf = (typed: string, origin: string): string | null => {
  const text = typed.trim()
  if (roomName.test(text)) return invitation(origin, text)
  if (!text.includes("/")) return null
  const address = /^https?:\/\//.test(text) ? text : `https://${text}`
  const link = addressOf(address)
  if (link === null || !/^\/(client|host)(\.html)?$/.test(link.pathname)) return null
  const room = roomOf(link.search)
  return room === null ? null : invitation(origin, room)
}

/** The host's address of a new room. Its name has 128 random bits, too many to guess. */
export const newConference = (origin: string): string => `${origin}/host${queryOf(randomText(16))}`
