import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as HashSet from "effect/HashSet"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { maxDrawDelay } from "../timings.js"
import * as Session from "./session.js"
import type { Tiles } from "./tiles.js"

/** The guests as the page shows them: up to date, except while one of them is being answered. */
export interface Showing {
  readonly shown: SubscriptionRef.SubscriptionRef<Tiles>
  /** Shows the guests as they are now, or in a moment. */
  readonly show: Effect.Effect<void>
}

/**
 * Drawing blocks a page for some 10 to 50 ms, for which a guest that has just pressed *Join* would wait: so an answer
 * goes out first, and what came meanwhile is drawn once.
 */
export const makeShowing = (
  tiles: SubscriptionRef.SubscriptionRef<Tiles>,
  session: Ref.Ref<Session.Session>
): Effect.Effect<Showing, never, Scope.Scope> =>
  Effect.gen(function* () {
    const shown = yield* SubscriptionRef.make<Tiles>([])
    const late = yield* FiberHandle.make<void>()
    const showNow = Effect.gen(function* () {
      const latest = yield* SubscriptionRef.get(tiles)
      if (latest !== (yield* SubscriptionRef.get(shown))) yield* SubscriptionRef.set(shown, latest)
    })
    /** An answer that takes this long delays drawing no longer. */
    const showLate = Effect.zipRight(Ref.update(session, Session.withoutAnswers), showNow)
    return {
      shown,
      show: Effect.flatMap(Ref.get(session), ({ answering }) =>
        HashSet.size(answering) === 0
          ? Effect.zipRight(FiberHandle.clear(late), showNow)
          : Effect.asVoid(FiberHandle.run(late, Effect.delay(showLate, maxDrawDelay), { onlyIfMissing: true }))
      )
    }
  })
