import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Predicate from "effect/Predicate"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"

/** Looks at an inbox within one hold at most; on the free plan a request may make 50 queries. */
export const maxLooks = 40

/** Looks again after 50 ms, then less and less often up to once a second, at most 40 times in all. */
export const lookAgain = Schedule.exponential("50 millis", 1.25).pipe(
  Schedule.either(Schedule.spaced("1 second")),
  Schedule.intersect(Schedule.recurs(maxLooks - 1))
)

/** Polls of one inbox that are held at once, by one isolate. One more is answered at once: a page has one. */
export const maxHolds = 4

/** Waits for news of an inbox. This one looks again and again; another may be woken by the sender. */
export class Doorbell extends Effect.Service<Doorbell>()("Doorbell", {
  sync: () => {
    const holds = new Map<string, number>()
    const add = (inbox: string, by: 1 | -1) => {
      const now = (holds.get(inbox) ?? 0) + by
      if (now === 0) holds.delete(inbox)
      else holds.set(inbox, now)
      return now
    }

    return {
      /**
       * Runs `look` at once, and then again until there is news or the hold is over. Gives what the last look saw; an
       * error of a look ends the hold.
       */
      await: Effect.fn("Doorbell.await")(function* <A, E, R>(
        inbox: string,
        look: Effect.Effect<A, E, R>,
        isNews: Predicate.Predicate<A>,
        hold: Duration.Duration
      ) {
        if (Duration.equals(hold, Duration.zero)) return yield* look
        const seen = yield* Ref.make(Option.none<A>())
        const lookAround = look.pipe(
          Effect.tap((now) => Ref.set(seen, Option.some(now))),
          Effect.repeat({ schedule: lookAgain, until: isNews }),
          Effect.timeoutOption(hold)
        )
        yield* Effect.acquireUseRelease(
          Effect.sync(() => add(inbox, 1)),
          (held) => (held > maxHolds ? Effect.void : Effect.asVoid(lookAround)),
          () => Effect.sync(() => add(inbox, -1))
        )
        return yield* Effect.flatten(Ref.get(seen)).pipe(Effect.catchTag("NoSuchElementException", () => look))
      })
    }
  }
}) {}
