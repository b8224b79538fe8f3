import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberHandle from "effect/FiberHandle"
import * as Scope from "effect/Scope"
import { Secrets } from "../../signaling/Secrets.js"
import { Signaling } from "../../signaling/Signaling.js"
import type { JoinOffer } from "../prepared.js"
import { lockedRetryInterval } from "../timings.js"
import type { GuestInput } from "./inputs.js"

interface PlaceOptions {
  readonly room: string | undefined
  readonly name: string | undefined
  /** The present token. */
  readonly token: () => string
  readonly tell: (input: GuestInput) => Effect.Effect<unknown>
}

/** This browser's place in the room, which one of its tabs has at a time, and the join that goes with it. */
export const makePlace = ({ name, room, tell, token }: PlaceOptions) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const secrets = yield* Secrets
    const outerScope = yield* Effect.scope
    const joining = yield* FiberHandle.make()
    /** Closed when this page gives the place up. */
    let held: Scope.CloseableScope | null = null

    const release = Effect.suspend(() => {
      const closing = held
      held = null
      return closing === null ? Effect.void : Scope.close(closing, Exit.void)
    })

    const join = (offer: JoinOffer | null) =>
      signaling
        .joinAsGuest(
          { token: token(), ...(room === undefined ? {} : { room }), ...(name === undefined ? {} : { name }) },
          offer,
          (wait) => tell({ _tag: "PutOff", wait })
        )
        .pipe(
          Effect.flatMap((answer) => tell({ _tag: "Joined", answer })),
          Effect.catchAll((failure) => tell({ _tag: "Lost", failure }))
        )

    return {
      /** Takes the place with the token that this browser keeps now, unless another tab is there with it. */
      take: (steal: boolean) =>
        Effect.gen(function* () {
          // A join that is under way is for the previous place.
          yield* FiberHandle.clear(joining)
          yield* release
          const scope = yield* Scope.make()
          held = scope
          const kept = yield* secrets.guestToken(room)
          const place = yield* Scope.extend(secrets.holdGuestToken(kept.token, steal), scope)
          if (place !== null) yield* Effect.forkIn(Effect.zipRight(place.lost, tell({ _tag: "Displaced" })), scope)
          return { _tag: "Placed", kept, hasPlace: place !== null } as const
        }),
      /** Asks the service for the place, until there is a final answer. */
      join: (offer: JoinOffer | null) => FiberHandle.run(joining, join(offer)),
      /** The same in a while, for a room that is locked now. */
      joinLater: FiberHandle.run(
        joining,
        Effect.delay(
          Effect.suspend(() => join(null)),
          lockedRetryInterval
        )
      ),
      /** Stops asking for the place, and lets other tabs of this browser take it. */
      giveUp: Effect.zipRight(FiberHandle.clear(joining), release),
      /** The next token is a new one. */
      forgetToken: Effect.suspend(() => secrets.forgetGuestToken(room, token())),
      /** Tells the service that this guest leaves, if it answers in time. */
      leave: Effect.suspend(() => signaling.leave(token(), { end: false })),
      /** The same, in the background. */
      leaveAside: Effect.suspend(() => Effect.forkIn(signaling.leave(token(), { end: false }), outerScope))
    }
  })
