import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Background } from "./Background.js"
import type { PeerToken } from "./contract/Ids.js"
import type { Moderating } from "./contract/Requests.js"
import type { Accepted } from "./contract/Responses.js"
import { Doorbell } from "./Doorbell.js"
import { ModerationRepo } from "./Moderation/Repo.js"
import { Secrets } from "./Secrets.js"
import { Turn } from "./Turn.js"

/** The host's decisions about who comes in and who has to go. */
export class Moderation extends Effect.Service<Moderation>()("Moderation", {
  dependencies: [ModerationRepo.Default, Secrets.Default, Doorbell.Default, Turn.Default],
  effect: Effect.gen(function* () {
    const repo = yield* ModerationRepo
    const secrets = yield* Secrets
    const doorbell = yield* Doorbell
    const turn = yield* Turn
    const background = yield* Background

    const handle = Effect.fn("Moderation.handle")(function* (token: PeerToken, request: Moderating) {
      const tokenHash = yield* secrets.hash(token)
      const now = yield* Clock.currentTimeMillis
      switch (request.type) {
        case "admit": {
          const room = yield* repo.admit(tokenHash, request.peer, now)
          yield* doorbell.ring({ room, owners: [request.peer] })
          break
        }
        case "remove": {
          const room = yield* repo.remove(tokenHash, request.peer)
          yield* doorbell.ring({ room, owners: [request.peer] })
          yield* background.run(turn.revokeOrphans)
          break
        }
        case "refuse": {
          const room = yield* repo.refuseAll(tokenHash, now)
          yield* doorbell.ring({ room, owners: "all" })
          yield* background.run(turn.revokeOrphans)
          break
        }
        case "room": {
          const room = yield* repo.setRules(tokenHash, request, now)
          if (request.waitingRoom === false) yield* doorbell.ring({ room, owners: ["guest"] })
        }
      }
      return { type: "accepted" } satisfies Accepted
    })

    return { handle, isOpen: repo.isOpen } as const
  })
}) {}
