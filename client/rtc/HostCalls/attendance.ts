import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import type * as Scope from "effect/Scope"
import { type Absence, absenceOf, after, nextChange, type Presence, type PresenceEvent, unknown } from "./presence.js"

/** Which of a host's guests are present: `presence.ts` decides, and this has the clock. */
export interface Attendance {
  /** Notes what happened to this guest, and returns how it looks now. */
  readonly note: (guest: string, event: PresenceEvent) => Effect.Effect<Absence>
  readonly forget: (guest: string) => void
  /**
   * Shows the guests of whom something was noted, or all if time alone has changed one of them. Schedules the next such
   * change.
   */
  readonly settle: Effect.Effect<void>
}

interface AttendanceOptions {
  readonly show: (guest: string, absence: Absence) => Effect.Effect<unknown>
  /** Called when it is time to settle again. */
  readonly due: Effect.Effect<unknown>
}

/** Lasts as long as the scope. */
export const makeAttendance = ({ due, show }: AttendanceOptions): Effect.Effect<Attendance, never, Scope.Scope> =>
  Effect.gen(function* () {
    const known = new Map<string, Presence>()
    const noted = new Set<string>()
    /** All are to be shown. */
    let overdue = false
    const waiting = yield* FiberHandle.make()
    let nextChangeAt: number | null = null

    return {
      note: (guest, event) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const presence = after(known.get(guest) ?? unknown, event, now)
          known.set(guest, presence)
          noted.add(guest)
          return absenceOf(presence, now)
        }),
      forget: (guest) => void known.delete(guest),
      settle: Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const shown = [...known].filter(
          ([guest]) => noted.has(guest) || overdue || (nextChangeAt !== null && nextChangeAt <= now)
        )
        noted.clear()
        overdue = false
        yield* Effect.forEach(shown, ([guest, presence]) => show(guest, absenceOf(presence, now)), { discard: true })
        const changes = [...known.values()].flatMap((presence) => nextChange(presence, now) ?? [])
        const next = changes.length === 0 ? null : Math.min(...changes)
        if (next === nextChangeAt) return
        nextChangeAt = next
        if (next === null) return yield* FiberHandle.clear(waiting)
        const settleAll = Effect.sync(() => {
          // Browsers' timers may fire a moment too early: then the change is awaited once more.
          nextChangeAt = null
          overdue = true
        }).pipe(Effect.zipRight(due))
        yield* FiberHandle.run(waiting, Effect.delay(settleAll, next - now))
      })
    }
  })
