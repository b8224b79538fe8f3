import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Predicate from "effect/Predicate"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import { Background } from "./Background.js"
import { Bells, type Inboxes, type Place } from "./Doorbell/Bells.js"
import { Memory } from "./Memory.js"

/** Looks at an inbox within one hold at most; on the free plan a request may make 50 queries. */
export const maxLooks = 40

/** Without a bell: looks again after 50 ms, then less and less often up to once a second, at most 40 times in all. */
const lookAgain = Schedule.exponential("50 millis", 1.25).pipe(
  Schedule.either(Schedule.spaced("1 second")),
  Schedule.intersect(Schedule.recurs(maxLooks - 1))
)

/** Beside a bell, for rings may be lost: with the look that follows its opening these are 3 in a hold. */
const slowLooks = Schedule.fromDelays("5 seconds", "7 seconds")

/** The same where one look more was needed, to know which bell to open. */
const fewerSlowLooks = Schedule.fromDelays("12 seconds")

/** How long a bell may take to open: a caller whose place is known has not looked before. */
const openPatience = Duration.millis(500)

/** Bells that one hold opens at most, one after the other: a deployment closes those that are open. */
const maxBells = 4

/** Polls of one inbox that are held at once, by one isolate. One more is answered at once: a page has one. */
const maxHolds = 4

/** Waits for news of an inbox, and wakes those who wait. */
export class Doorbell extends Effect.Service<Doorbell>()("Doorbell", {
  effect: Effect.gen(function* () {
    const bells = yield* Bells
    const background = yield* Background
    /** Where callers waited last: what is known needs no look to open the right bell. Compared with what a look says. */
    const places = new Memory<Place>()
    const holds = new Map<string, number>()
    const add = (caller: string, by: 1 | -1) => {
      const now = (holds.get(caller) ?? 0) + by
      if (now === 0) holds.delete(caller)
      else holds.set(caller, now)
      return now
    }

    return {
      /**
       * Runs `look` at once, and then whenever the inbox's bell rings, until there is news or the hold is over. Without a
       * bell it looks again and again. Gives what the last look saw; an error of a look ends the hold. A look comes after
       * the bell was opened, so that no ring falls between the two.
       */
      await: Effect.fnUntraced(function* <A extends { readonly place: Place }, E, R>(
        caller: string,
        look: Effect.Effect<A, E, R>,
        isNews: Predicate.Predicate<A>,
        hold: Duration.Duration
      ) {
        if (Duration.equals(hold, Duration.zero)) return yield* look
        const known = places.get(caller)
        const reasons = yield* Queue.dropping<void>(1)
        let looks = 0
        let opens = true
        let seen: A | undefined
        /** Looks once more. True: the hold is over. */
        const lookOnce = Effect.map(look, (now) => {
          seen = now
          looks += 1
          return isNews(now) || looks === maxLooks
        })

        /** Looks when the bell has opened, and for each reason after that, until the hold is over or the bell is no more. */
        const listen = (place: Place) =>
          Effect.gen(function* () {
            let isOpen = true
            const opening = bells.open(place, (what) => {
              if (what === "closed") isOpen = false
              Queue.unsafeOffer(reasons, undefined)
            })
            if (!(yield* Effect.isSuccess(Effect.timeout(opening, openPatience)))) return "failed"
            while (isOpen) {
              if (yield* lookOnce) return "over"
              if (seen?.place.peer !== place.peer) return "elsewhere"
              yield* Queue.take(reasons)
            }
            return "closed"
          }).pipe(Effect.scoped)

        const lookAround = Effect.gen(function* () {
          if (known === undefined && (yield* lookOnce)) return
          yield* Effect.forkScoped(
            Effect.schedule(Queue.offer(reasons, undefined), known === undefined ? fewerSlowLooks : slowLooks)
          )
          for (let bell = 0; bell < maxBells; bell++) {
            const place = seen?.place ?? known
            const end = place === undefined ? "failed" : yield* listen(place)
            if (end === "over") return
            if (end === "failed") {
              opens = false
              break
            }
          }
          if (seen === undefined && (yield* lookOnce)) return
          yield* Effect.schedule(
            lookOnce,
            Schedule.untilInput(lookAgain, (isOver: unknown) => isOver === true)
          )
        }).pipe(Effect.scoped, Effect.timeoutOption(hold))

        yield* Effect.acquireUseRelease(
          Effect.sync(() => add(caller, 1)),
          (held) => (held > maxHolds ? Effect.void : Effect.asVoid(lookAround)),
          () => Effect.sync(() => add(caller, -1))
        ).pipe(Effect.tapError(() => Effect.sync(() => places.delete(caller))))
        const last = seen ?? (yield* look)
        // Where its bell does not open, the next poll looks first.
        if (opens) places.set(caller, last.place)
        else places.delete(caller)
        return last
      }),

      /** Wakes whoever waits for news of these inboxes. Call it after each write to them; it takes no time, and cannot fail. */
      ring: (inboxes: Inboxes): Effect.Effect<void> =>
        background.run(
          bells
            .ring(inboxes)
            .pipe(Effect.catchAllCause((cause) => Effect.logWarning("A doorbell could not be rung", cause)))
        )
    }
  })
}) {}
