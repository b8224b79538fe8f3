import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import type * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { drawnWithin } from "../timings.js"
import type { Tiles } from "./tiles.js"

/** What the page is shown of the guests: as they are, but not while one of them is being answered. */
export interface Showing {
  readonly shown: SubscriptionRef.SubscriptionRef<Tiles>
  /** This guest is to have an answer. */
  readonly answering: (guest: string) => void
  /** It is delivered, or nothing comes of it. */
  readonly answered: (guest: string) => void
  /** Shows the guests as they are now, or in a moment. */
  readonly show: Effect.Effect<void>
}

/**
 * Drawing takes a page some 10 to 50 ms in one go, which whoever has just pressed *Join* would wait for: so an answer
 * goes out first, and what came meanwhile is drawn once.
 */
export const makeShowing = (
  tiles: SubscriptionRef.SubscriptionRef<Tiles>
): Effect.Effect<Showing, never, Scope.Scope> =>
  Effect.gen(function* () {
    const shown = yield* SubscriptionRef.make<Tiles>([])
    const answering = new Set<string>()
    const late = yield* FiberHandle.make<void>()
    const showNow = Effect.gen(function* () {
      const now = yield* SubscriptionRef.get(tiles)
      if (now !== (yield* SubscriptionRef.get(shown))) yield* SubscriptionRef.set(shown, now)
    })
    /** What has taken so long holds nothing up any more. */
    const showLate = Effect.zipRight(
      Effect.sync(() => answering.clear()),
      showNow
    )
    return {
      shown,
      answering: (guest) => void answering.add(guest),
      answered: (guest) => void answering.delete(guest),
      show: Effect.suspend(() =>
        answering.size === 0
          ? Effect.zipRight(FiberHandle.clear(late), showNow)
          : Effect.asVoid(FiberHandle.run(late, Effect.delay(showLate, drawnWithin), { onlyIfMissing: true }))
      )
    }
  })
