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

/** The most checks of an inbox within one hold. On the free plan a request may make 50 queries. */
export const maxChecks = 40

/** Without a bell: checks again after 50 ms, then at growing intervals of up to a second, at most 40 times in all. */
const checkAgain = Schedule.exponential("50 millis", 1.25).pipe(
  Schedule.either(Schedule.spaced("1 second")),
  Schedule.intersect(Schedule.recurs(maxChecks - 1))
)

/** With a bell, because rings may be lost. With the check after the bell has opened, a hold makes 3 checks. */
const slowChecks = Schedule.fromDelays("5 seconds", "7 seconds")

/** With a bell, if a first check was needed to know which bell to open. */
const fewerSlowChecks = Schedule.fromDelays("12 seconds")

/** How long a bell may take to open. Short, because a caller whose inbox is known has made no check yet. */
const openTimeout = Duration.millis(500)

/** The most bells that one hold opens, one after the other, because a deployment closes open bells. */
const maxBells = 4

/** The most polls of one inbox that one isolate holds at a time; it answers others at once. A page has one poll. */
const maxHolds = 4

/**
 * For this long after a check, in milliseconds, a poll need not check again if nothing has rung since. A lost ring
 * delays a message by at most this and the wait for the first slow check.
 */
const freshFor = 2000

/** What a check of an inbox returns to a poll that waits for new messages. */
interface Checked {
  readonly address: InboxAddress
  /** The cursor after which the inbox is empty; null if there was more than the check returned. */
  readonly emptyAfter: number | null
}

/** A poll of an inbox. */
interface Poll<A, E, R> {
  /** Whose inbox it is: the hash of the peer's token. */
  readonly caller: string
  /** Messages after this cursor are new. */
  readonly cursor: number
  readonly check: Effect.Effect<A, E, R>
  /** Whether the check found new messages. */
  readonly hasMessages: Predicate.Predicate<A>
  /** How long the poll may wait for new messages. */
  readonly hold: Duration.Duration
}

/** The last check: when it began, in milliseconds since 1970, and the bell's tally before it, empty without a bell. */
interface LastCheck extends Checked {
  readonly at: number
  readonly tally: string
}

/** Waits for new messages in an inbox, and wakes the polls that wait. */
export class Doorbell extends Effect.Service<Doorbell>()("Doorbell", {
  effect: Effect.gen(function* () {
    const bells = yield* Bells
    const background = yield* Background
    /**
     * The last check of each caller. It names the caller's inbox, so that the right bell can be opened without a check.
     * It may be out of date, and is compared with what the next check finds.
     */
    const lastChecks = new IsolateCache<LastCheck>()
    const holds = new Map<string, number>()
    const addHold = (caller: string, by: 1 | -1) => {
      const count = (holds.get(caller) ?? 0) + by
      if (count === 0) holds.delete(caller)
      else holds.set(caller, count)
      return count
    }

    return {
      /**
       * Runs `check` at once, and then whenever the inbox's bell rings, until there are new messages or the hold is
       * over. Without a bell it checks by a schedule. Returns the result of the last check; an error of a check ends
       * the hold. A check follows the opening of the bell, so that no ring is missed in between. It is skipped if a
       * check just before found the inbox empty after `cursor` and, by the bell's tally, nothing has rung since.
       */
      await: Effect.fnUntraced(function* <A extends Checked, E, R>({
        caller,
        check,
        cursor,
        hold,
        hasMessages
      }: Poll<A, E, R>) {
        if (Duration.equals(hold, Duration.zero)) return yield* check
        const lastCheck = lastChecks.get(caller)
        const isFresh = lastCheck?.emptyAfter === cursor && (yield* Clock.currentTimeMillis) - lastCheck.at < freshFor
        const triggers = yield* Queue.dropping<void>(1)
        let checks = 0
        let bellOpens = true
        let tally = ""
        let lastFound: A | undefined
        const checkNow = Effect.gen(function* () {
          const before = { tally, at: yield* Clock.currentTimeMillis }
          const found = yield* check
          checks += 1
          lastChecks.set(caller, { address: found.address, emptyAfter: found.emptyAfter, ...before })
          return found
        })
        /** Checks once more. Returns true when the hold is over. */
        const checkOnce = Effect.map(checkNow, (found) => {
          lastFound = found
          return hasMessages(found) || checks === maxChecks
        })

        /** Checks when the bell has opened, and at each trigger after that, until the hold ends or the bell closes. */
        const listen = (address: InboxAddress) =>
          Effect.gen(function* () {
            let isOpen = true
            const opening = bells.open(address, (rung) => {
              tally = rung ?? ""
              if (rung === null) isOpen = false
              Queue.unsafeOffer(triggers, undefined)
            })
            const opened = yield* Effect.option(Effect.timeout(opening, openTimeout))
            if (Option.isNone(opened)) return "failed"
            tally = opened.value
            const isQuiet = isFresh && tally !== "" && lastCheck.tally === tally
            if (lastFound === undefined && isQuiet) yield* Queue.take(triggers)
            while (isOpen) {
              if (yield* checkOnce) return "over"
              if (lastFound?.address.peer !== address.peer) return "elsewhere"
              yield* Queue.take(triggers)
            }
            return "closed"
          }).pipe(Effect.scoped)

        const waiting = Effect.gen(function* () {
          if (lastCheck === undefined && (yield* checkOnce)) return
          yield* Effect.forkScoped(
            Effect.schedule(Queue.offer(triggers, undefined), lastCheck === undefined ? fewerSlowChecks : slowChecks)
          )
          for (let bell = 0; bell < maxBells; bell++) {
            const address = lastFound?.address ?? lastCheck?.address
            const end = address === undefined ? "failed" : yield* listen(address)
            if (end === "over") return
            if (end === "failed") {
              bellOpens = false
              break
            }
          }
          if (lastFound === undefined && (yield* checkOnce)) return
          yield* Effect.schedule(
            checkOnce,
            Schedule.untilInput(checkAgain, (isOver: unknown) => isOver === true)
          )
        }).pipe(Effect.scoped, Effect.timeoutOption(hold))

        yield* Effect.acquireUseRelease(
          Effect.sync(() => addHold(caller, 1)),
          (held) => (held > maxHolds ? Effect.void : Effect.asVoid(waiting)),
          () => Effect.sync(() => addHold(caller, -1))
        ).pipe(Effect.tapError(() => Effect.sync(() => lastChecks.delete(caller))))
        const last = lastFound ?? (yield* checkNow)
        // If the bell does not open, the next poll checks first.
        if (!bellOpens) lastChecks.delete(caller)
        return last
      }),

      /** Wakes the polls of these inboxes. Call it after each write to an inbox. It does not wait, and cannot fail. */
      ring: (inboxes: Inboxes): Effect.Effect<void> =>
        background.run(
          bells
            .ring(inboxes)
            .pipe(Effect.catchAllCause((cause) => Effect.logWarning("A doorbell could not be rung", cause)))
        )
    }
  })
}) {}
