import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { HostPasswordWrong, NotAllowed, RoomTaken, SessionEnded } from "./contract/Errors.js"
import type { JoinHost } from "./contract/Requests.js"
import type { JoinedAsHost } from "./contract/Responses.js"
import { Doorbell } from "./Doorbell.js"
import { HostJoinRepo } from "./HostJoin/Repo.js"
import { Secrets } from "./Secrets.js"
import { Settings } from "./Settings.js"

/** A host's join: it claims the room, and starts a fresh session or resumes the one that the key already holds. */
export class HostJoin extends Effect.Service<HostJoin>()("HostJoin", {
  dependencies: [HostJoinRepo.Default, Secrets.Default, Doorbell.Default],
  effect: Effect.gen(function* () {
    const repo = yield* HostJoinRepo
    const secrets = yield* Secrets
    const doorbell = yield* Doorbell
    const { defaultRoom, hostPassword, peerTtl } = yield* Settings

    /**
     * True if the deployment asks for a password and `given` is that password; fails if it is another. Compares hashes,
     * so that timing reveals nothing.
     */
    const provePassword = Effect.fn("HostJoin.provePassword")(function* (given: string | undefined) {
      if (Option.isNone(hostPassword)) return false
      const [expected, actual] = yield* Effect.all([
        secrets.hash(Redacted.value(hostPassword.value)),
        secrets.hash(given ?? "")
      ])
      if (expected === actual) return true
      return yield* new HostPasswordWrong({
        message:
          given === undefined
            ? "This deployment asks hosts for a password. Give it as hostPassword."
            : "The host password is wrong. Ask whoever runs this deployment."
      })
    })

    /** Joins as the room's host. Without `resume` the room's peers and messages are deleted in the same atomic step. */
    const join = Effect.fn("HostJoin.join")(function* (request: JoinHost) {
      const room = request.room ?? defaultRoom
      const passwordProven = yield* provePassword(request.hostPassword)
      const now = yield* Clock.currentTimeMillis
      const outcome = yield* repo.claimRoom({
        room,
        passwordProven,
        now,
        expiry: now - Duration.toMillis(peerTtl),
        keyHash: yield* secrets.hash(request.hostKey),
        tokenHash: yield* secrets.hash(request.token),
        name: request.name ?? null,
        resume: request.resume ?? false,
        newSession: yield* secrets.newSessionId,
        newPeer: yield* secrets.newPeerId,
        newClaim: yield* secrets.newClaimId
      })
      switch (outcome._tag) {
        case "Ended":
          return yield* SessionEnded.default
        case "Elsewhere":
          return yield* new NotAllowed({
            message: "This token belongs to a peer of another room or role. Make a new token."
          })
        case "Taken":
          return yield* new RoomTaken({
            message: "This room has a host. Join as a guest, open the room with its host key, or take another room."
          })
        case "Claimed": {
          const { cursor, guests, host, locked, session, waitingRoom } = outcome
          // The guests learn of their host, or that they were deleted.
          yield* doorbell.ring({ room, owners: "all" })
          return {
            type: "joined",
            peer: host,
            room,
            session,
            cursor,
            guests,
            waitingRoom,
            locked
          } satisfies JoinedAsHost
        }
      }
    })

    return { join } as const
  })
}) {}
