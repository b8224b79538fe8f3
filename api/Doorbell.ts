import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Predicate from "effect/Predicate"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import { Background } from "./Background.js"
import { Bells, type InboxAddress, type Inboxes } from "./Doorbell/Bells.js"
import { IsolateCache } from "./IsolateCache.js"

/** Checks of an inbox within one hold at most; on the free plan a request may make 50 queries. */
export const maxChecks = 40

/** Without a bell: checks again after 50 ms, then less and less often up to once a second, at most 40 times in all. */
const checkAgain = Schedule.exponential("50 millis", 1.25).pipe(
  Schedule.either(Schedule.spaced("1 second")),
  Schedule.intersect(Schedule.recurs(maxChecks - 1))
)

/** Beside a bell, for rings may be lost: with the check that follows its opening these are 3 in a hold. */
const slowChecks = Schedule.fromDelays("5 seconds", "7 seconds")

/** The same where one check more was needed, to know which bell to open. */
const fewerSlowChecks = Schedule.fromDelays("12 seconds")

/** How long a bell may take to open: a caller whose inbox is known has made no check yet. */
const openTimeout = Duration.millis(500)

/** Bells that one hold opens at most, one after the other: a deployment closes those that are open. */
const maxBells = 4

/** Polls of one inbox that are held at once, by one isolate. One more is answered at once: a page has one. */
const maxHolds = 4

/**
 * For so long after a check, in milliseconds, a poll need not check again where nothing has rung since. A lost ring
 * delays a message by no more than this and the first slow check.
 */
const freshFor = 2000

/** What a check of an inbox returns to a poll that waits for new messages. */
interface Checked {
  readonly address: InboxAddress
  /** The cursor after which nothing was there; null where there was more than the check gave. */
  readonly upTo: number | null
}

/** A poll of an inbox. */
interface Poll<A, E, R> {
  /** Whose inbox it is: the hash of the peer's token. */
  readonly caller: string
  /** Messages after this one are news. */
  readonly cursor: number
  readonly check: Effect.Effect<A, E, R>
  readonly isNews: Predicate.Predicate<A>
  /** How long it may wait for news. */
  readonly hold: Duration.Duration
}

/** The last check: when it was made, in milliseconds since 1970, and the bell's tally before it, empty without. */
interface LastCheck extends Checked {
  readonly at: number
  readonly tally: string
}

/** Waits for news of an inbox, and wakes those who wait. */
export class Doorbell extends Effect.Service<Doorbell>()("Doorbell", {
  effect: Effect.gen(function* () {
    const bells = yield* Bells
    const background = yield* Background
    /**
     * The last check of each caller: where its inbox is known, no check is needed to open the right bell. It may be out of
     * date, and is compared with what the next check finds.
     */
    const lastChecks = new IsolateCache<LastCheck>()
    const holds = new Map<string, number>()
    const add = (caller: string, by: 1 | -1) => {
      const now = (holds.get(caller) ?? 0) + by
      if (now === 0) holds.delete(caller)
      else holds.set(caller, now)
      return now
    }

    return {
      /**
       * Runs `check` at once, and then whenever the inbox's bell rings, until there is news or the hold is over. Without
       * a bell it checks again and again. Gives what the last check saw; an error of a check ends the hold. A check comes
       * after the bell was opened, so that no ring falls between the two; none is needed there where a check just before
       * saw all up to `cursor`, and the bell's tally says that nothing has rung since.
       */
      await: Effect.fnUntraced(function* <A extends Checked, E, R>({
        caller,
        check,
        cursor,
        hold,
        isNews
      }: Poll<A, E, R>) {
        if (Duration.equals(hold, Duration.zero)) return yield* check
        const known = lastChecks.get(caller)
        const isFresh = known?.upTo === cursor && (yield* Clock.currentTimeMillis) - known.at < freshFor
        const reasons = yield* Queue.dropping<void>(1)
        let checks = 0
        let opens = true
        let tally = ""
        let seen: A | undefined
        const checkNow = Effect.gen(function* () {
          const before = { tally, at: yield* Clock.currentTimeMillis }
          const now = yield* check
          checks += 1
          lastChecks.set(caller, { address: now.address, upTo: now.upTo, ...before })
          return now
        })
        /** Checks once more. True: the hold is over. */
        const checkOnce = Effect.map(checkNow, (now) => {
          seen = now
          return isNews(now) || checks === maxChecks
        })

        /** Checks when the bell has opened, and for each reason after that, until the hold or the bell is over. */
        const listen = (address: InboxAddress) =>
          Effect.gen(function* () {
            let isOpen = true
            const opening = bells.open(address, (rung) => {
              tally = rung ?? ""
              if (rung === null) isOpen = false
              Queue.unsafeOffer(reasons, undefined)
            })
            const opened = yield* Effect.option(Effect.timeout(opening, openTimeout))
            if (Option.isNone(opened)) return "failed"
            tally = opened.value
            const isQuiet = isFresh && tally !== "" && known.tally === tally
            if (seen === undefined && isQuiet) yield* Queue.take(reasons)
            while (isOpen) {
              if (yield* checkOnce) return "over"
              if (seen?.address.peer !== address.peer) return "elsewhere"
              yield* Queue.take(reasons)
            }
            return "closed"
          }).pipe(Effect.scoped)

        const waiting = Effect.gen(function* () {
          if (known === undefined && (yield* checkOnce)) return
          yield* Effect.forkScoped(
            Effect.schedule(Queue.offer(reasons, undefined), known === undefined ? fewerSlowChecks : slowChecks)
          )
          for (let bell = 0; bell < maxBells; bell++) {
            const address = seen?.address ?? known?.address
            const end = address === undefined ? "failed" : yield* listen(address)
            if (end === "over") return
            if (end === "failed") {
              opens = false
              break
            }
          }
          if (seen === undefined && (yield* checkOnce)) return
          yield* Effect.schedule(
            checkOnce,
            Schedule.untilInput(checkAgain, (isOver: unknown) => isOver === true)
          )
        }).pipe(Effect.scoped, Effect.timeoutOption(hold))

        yield* Effect.acquireUseRelease(
          Effect.sync(() => add(caller, 1)),
          (held) => (held > maxHolds ? Effect.void : Effect.asVoid(waiting)),
          () => Effect.sync(() => add(caller, -1))
        ).pipe(Effect.tapError(() => Effect.sync(() => lastChecks.delete(caller))))
        const last = seen ?? (yield* checkNow)
        // Where its bell does not open, the next poll checks first.
        if (!opens) lastChecks.delete(caller)
        return last
      }),

      /** Wakes the polls of these inboxes. Call it after each write to them; it takes no time, and cannot fail. */
      ring: (inboxes: Inboxes): Effect.Effect<void> =>
        background.run(
          bells
            .ring(inboxes)
            .pipe(Effect.catchAllCause((cause) => Effect.logWarning("A doorbell could not be rung", cause)))
        )
    }
  })
}) {}
