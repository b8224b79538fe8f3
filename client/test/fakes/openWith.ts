import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import type * as Session from "../../rtc/HostCalls/session.js"

/** A connection of a host that does nothing. */
export const openWith = (id: string): Session.OpenConnection =>
  Effect.runSync(
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      return {
        connection: {
          id,
          offer: () => Effect.void,
          receive: () => Effect.void,
          setTrack: () => Effect.void,
          setWanted: () => Effect.void,
          setAllowance: () => Effect.void,
          sendControl: () => Effect.succeed(true),
          path: Effect.succeed("direct" as const),
          received: Effect.succeed(null),
          facts: yield* Ref.make({ answered: true, relay: false, relayRequired: false, relayGathered: false })
        },
        scope,
        draining: yield* Scope.extend(FiberHandle.make(), scope),
        media: { stream: null, second: null }
      }
    })
  )
