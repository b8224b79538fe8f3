/**
 * Which guests are present, as a pure policy: from what is known of a guest and an event to what is known then, and how
 * the guest looks as time goes by. Nothing here waits or acts: `attendance.ts` does, and asks here.
 */
import * as Duration from "effect/Duration"
import {
  awayAfter,
  awayAfterClosing,
  breakExpectedAfterClosing,
  closingIgnoredAfterCall,
  shrinkAfter
} from "../timings.js"

/** What is known of one guest. Times are in milliseconds since 1970. */
export interface Presence {
  /** The connection is established, as far as the browser knows. */
  readonly up: boolean
  /** Since when the guest is absent. Null while it is present, and while it waits to be let in. */
  readonly goneSince: number | null
  /** Since when its page is known to close or to be closed. Null: only its connection is gone. */
  readonly closedSince: number | null
  /** When it last came or called. */
  readonly called: number | null
  /** When the service reported that its page closes, while the connection was still established. */
  readonly announced: number | null
}

/** What happens to a guest. */
export type PresenceEvent =
  /** It came, or came again, and waits to be let in. */
  | "Knocked"
  /** It came, came again or was let in, and is expected to call. */
  | "Joined"
  /** A resumed session has it, and it was away before. */
  | "Listed"
  /** The offer of a new connection. */
  | "Called"
  /** A new offer on the connection that is there. */
  | "Restarting"
  | "Connected"
  | "Broken"
  /** It said on its control channel that its page closes, or the channel closed: a network that fails closes none. */
  | "Closing"
  /** The service reported that its page closes. */
  | "Announced"
  /** It said anything else on its control channel. */
  | "Spoke"

/** Of a guest to whom nothing has happened yet. */
export const unknown: Presence = { up: false, goneSince: null, closedSince: null, called: null, announced: null }

/** How long ago that was, in milliseconds. Null: never, which is longer ago than anything. */
const ageOf = (time: number | null, now: number) => (time === null ? Number.POSITIVE_INFINITY : now - time)

/** When the guest is away, if nothing happens until then. */
const awayAt = ({ closedSince, goneSince }: Presence): number | null => {
  if (goneSince === null) return null
  const unmended = goneSince + Duration.toMillis(awayAfter)
  return closedSince === null ? unmended : Math.min(unmended, closedSince + Duration.toMillis(awayAfterClosing))
}

const isAway = (presence: Presence, now: number) => (awayAt(presence) ?? Number.POSITIVE_INFINITY) <= now

/** It is about to be present. One that was away gets all the time again; a gap goes on. */
const expected = (presence: Presence, now: number): Presence => ({
  ...presence,
  goneSince: presence.goneSince === null || isAway(presence, now) ? now : presence.goneSince,
  closedSince: null,
  announced: null
})

const closed = (presence: Presence, at: number): Presence => ({
  ...presence,
  goneSince: presence.goneSince ?? at,
  closedSince: presence.closedSince ?? at,
  announced: null
})

/** What is known of the guest after this. */
export const after = (presence: Presence, event: PresenceEvent, now: number): Presence => {
  switch (event) {
    case "Knocked":
      return { ...unknown, called: now }
    case "Joined":
      if (presence.up && presence.goneSince === null) return { ...presence, called: now, announced: null }
      return { ...expected(presence, now), called: now }
    case "Listed":
      return { ...unknown, goneSince: now - Duration.toMillis(awayAfter) }
    case "Called":
      return { ...expected(presence, now), up: false, called: now }
    case "Restarting":
      // The guest's page may look for a better path while the connection is established here.
      return presence.goneSince === null ? presence : { ...expected(presence, now), called: now }
    case "Connected":
      return { ...presence, up: true, goneSince: null, closedSince: null, announced: null }
    case "Broken": {
      const broken = { ...presence, up: false }
      if (presence.goneSince !== null) return broken
      return ageOf(presence.announced, now) <= Duration.toMillis(breakExpectedAfterClosing)
        ? closed(broken, presence.announced ?? now)
        : { ...broken, goneSince: now, announced: null }
    }
    case "Closing":
      return closed(presence, now)
    case "Announced":
      if (ageOf(presence.called, now) < Duration.toMillis(closingIgnoredAfterCall)) return presence
      // A page that closes also reports it on its channel, so the service alone makes no connected guest absent.
      return presence.up && presence.goneSince === null ? { ...presence, announced: now } : closed(presence, now)
    case "Spoke":
      // The page was not closed, but in a back-forward cache, as Safari's.
      return presence.up ? { ...presence, goneSince: null, closedSince: null } : presence
  }
}

/** Whether a guest is present, and how it looks if not. */
export interface Absence {
  /** Its connection is established. */
  readonly present: boolean
  /** `GuestView.gone`. */
  readonly gone: number | null
  readonly away: boolean
  /** Nothing of its connection can be mended: there is no page behind it. */
  readonly over: boolean
}

/** What is to be shown of the guest now. */
export const absenceOf = (presence: Presence, now: number): Absence => {
  const away = isAway(presence, now)
  return {
    present: presence.up && presence.goneSince === null,
    gone: away || ageOf(presence.goneSince, now) >= Duration.toMillis(shrinkAfter) ? presence.goneSince : null,
    away,
    over: away && presence.closedSince !== null
  }
}

/** When `absenceOf` changes next by time alone. Null: never. */
export const nextChange = (presence: Presence, now: number): number | null => {
  const { goneSince } = presence
  const away = awayAt(presence)
  if (goneSince === null || away === null || away <= now) return null
  const shown = goneSince + Duration.toMillis(shrinkAfter)
  return shown > now ? Math.min(shown, away) : away
}
