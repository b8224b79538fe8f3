import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Background } from "./Background.js"
import type { PeerToken } from "./contract/Ids.js"
import type { Accepted, Moderating } from "./contract/Requests.js"
import { ModerationRepo } from "./Moderation/Repo.js"
import { Secrets } from "./Secrets.js"
import { Turn } from "./Turn.js"

/** Who comes in and who goes: the host's to say. */
export class Moderation extends Effect.Service<Moderation>()("Moderation", {
  dependencies: [ModerationRepo.Default, Secrets.Default, Turn.Default],
  effect: Effect.gen(function* () {
    const repo = yield* ModerationRepo
    const secrets = yield* Secrets
    const turn = yield* Turn
    const background = yield* Background

    const handle = Effect.fn("Moderation.handle")(function* (token: PeerToken, request: Moderating) {
      const tokenHash = yield* secrets.hash(token)
      const now = yield* Clock.currentTimeMillis
      switch (request.type) {
        case "admit":
          yield* repo.admit(tokenHash, request.peer, now)
          break
        case "remove":
          yield* repo.remove(tokenHash, request.peer)
          yield* background.run(turn.revokeOrphans)
          break
        case "refuse":
          yield* repo.refuseAll(tokenHash, now)
          yield* background.run(turn.revokeOrphans)
          break
        case "room":
          yield* repo.setRules(tokenHash, request, now)
      }
      return { type: "accepted" } satisfies Accepted
    })

    return { handle, isOpen: repo.isOpen } as const
  })
}) {}
