import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { NotAllowed } from "./contract/Errors.js"
import type { JoinGuest } from "./contract/Requests.js"
import type { JoinedAsGuest } from "./contract/Responses.js"
import { Doorbell } from "./Doorbell.js"
import { GuestJoinRepo } from "./GuestJoin/Repo.js"
import { Secrets } from "./Secrets.js"
import { Settings } from "./Settings.js"

/** A guest's join: it enters a room, before or after the host, and may include the guest's offer. */
export class GuestJoin extends Effect.Service<GuestJoin>()("GuestJoin", {
  dependencies: [GuestJoinRepo.Default, Secrets.Default, Doorbell.Default],
  effect: Effect.gen(function* () {
    const repo = yield* GuestJoinRepo
    const secrets = yield* Secrets
    const doorbell = yield* Doorbell
    const { defaultRoom, maxGuests, maxUnread, maxWaiting } = yield* Settings

    /** Joins as a guest. With a token that the room knows, the caller becomes the same peer again. */
    const join = Effect.fn("GuestJoin.join")(function* (request: JoinGuest) {
      const room = request.room ?? defaultRoom
      const entry = yield* repo.enter({
        room,
        maxGuests,
        maxUnread,
        maxWaiting,
        tokenHash: yield* secrets.hash(request.token),
        name: request.name ?? null,
        newSession: yield* secrets.newSessionId,
        newPeer: yield* secrets.newPeerId,
        offer: request.offer ?? null,
        now: yield* Clock.currentTimeMillis
      })
      if (entry._tag === "Elsewhere") {
        return yield* new NotAllowed({
          message: "This token belongs to a peer of another room or role. Make a new token."
        })
      }
      const { claim, cursor, guest, host, hosting, offered, session } = entry
      yield* doorbell.ring({ room, owners: ["host"] })
      return {
        type: "joined",
        peer: guest,
        room,
        session,
        cursor,
        host,
        hosting,
        claim,
        offered
      } satisfies JoinedAsGuest
    })

    return { join } as const
  })
}) {}
