import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import type * as Scope from "effect/Scope"
import { type Absence, absenceOf, after, nextChange, type Presence, type PresenceEvent, unknown } from "./presence.js"

/** Who of a host's guests is there, with the clock: what `presence.ts` decides. */
export interface Attendance {
  /** Notes what happened to this guest, and gives what it looks like now. */
  readonly note: (guest: string, event: PresenceEvent) => Effect.Effect<Absence>
  readonly forget: (guest: string) => void
  /**
   * Shows those of whom something was noted as they are now, and all where time alone has changed one of them; sees to it
   * that somebody looks again when it does so next.
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
    let awaited: number | null = null

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
          ([guest]) => noted.has(guest) || overdue || (awaited !== null && awaited <= now)
        )
        noted.clear()
        overdue = false
        yield* Effect.forEach(shown, ([guest, presence]) => show(guest, absenceOf(presence, now)), { discard: true })
        const changes = [...known.values()].flatMap((presence) => nextChange(presence, now) ?? [])
        const next = changes.length === 0 ? null : Math.min(...changes)
        if (next === awaited) return
        awaited = next
        if (next === null) return yield* FiberHandle.clear(waiting)
        const look = Effect.sync(() => {
          // Browsers' timers may come a moment too early: then it is waited for once more.
          awaited = null
          overdue = true
        }).pipe(Effect.zipRight(due))
        yield* FiberHandle.run(waiting, Effect.delay(look, next - now))
      })
    }
  })
