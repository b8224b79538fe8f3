import * as Effect from "effect/Effect"
import { type Accessor, batch, createEffect, createSignal, untrack } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import { RecordingGone, type RecordingProblem } from "../../media/recording/problems.js"
import type { RecorderState } from "../../media/recording/Recorder.js"
import type { Interrupted } from "../../media/recording/resumeAfterCrash.js"

/**
 * A recording goes on by itself within this time: a page reloads in seconds, a browser restarts in a minute, a machine
 * in a few. Later the host may have forgotten it, and people may have joined who were not told.
 */
const resumeWithinMs = 10 * 60_000

/** Within this time the host is asked whether it is to go on. A recording of another day is over. */
const offerWithinMs = 12 * 3600_000

/** How often it is noted that the page records. */
const noteIntervalMs = 5_000

/** A recording that stopped and does not go on by itself. */
export interface Stopped {
  /** Null: it is gone, and only a new one can be begun; or, if `unloaded`, it could not be looked for. */
  readonly id: string | null
  /** Milliseconds since 1970. */
  readonly stoppedAt: number
  /** `late`: too much time has passed. `unloaded`: the part of the page that records could not be loaded. */
  readonly why: "late" | "unloaded" | RecordingProblem
}

interface Continues {
  readonly room: string
  /** Finds the recording to go on with. Null: there is none. */
  readonly find: Effect.Effect<Interrupted | null, RecordingProblem | "unloaded">
  readonly listening: Accessor<boolean>
  readonly state: Accessor<RecorderState>
  /** Goes on with this one; null: begins a new one. */
  readonly start: (id: string | null) => void
}

/** The recording that was running when this page went away: it goes on as soon as the page listens again. */
export const createContinuing = (
  run: (effect: Effect.Effect<unknown>) => void,
  { find, listening, room, start, state }: Continues
) => {
  /** Kept apart from the recording's own files, which may be gone together with what they contain. */
  const note = `recording:${room}`
  /** The recording that is about to go on. */
  const [trying, setTrying] = createSignal<Interrupted>()
  const [stopped, setStopped] = createSignal<Stopped>()
  /** From when to when nothing was recorded, in milliseconds since 1970. */
  const [gap, setGap] = createSignal<{ readonly from: number; readonly to: number }>()

  const withoutFiles = (why: RecordingProblem | "unloaded"): Stopped | undefined => {
    const noted = Number(browserMemory.get(note) ?? "")
    return noted === 0 ? undefined : { id: null, stoppedAt: noted, why }
  }
  const resume = (one: Interrupted) =>
    batch(() => {
      setStopped(undefined)
      setTrying(one)
      start(one.id)
    })

  const decide = (one: Interrupted | Stopped | undefined) => {
    if (one === undefined || !untrack(listening) || untrack(state)._tag !== "Idle") return
    const away = Date.now() - one.stoppedAt
    if (away > offerWithinMs) return
    if ("why" in one) setStopped(one)
    else if (away <= resumeWithinMs) resume(one)
    else setStopped({ ...one, why: "late" })
  }
  const lookFor = Effect.match(find, {
    onSuccess: (interrupted) => decide(interrupted ?? withoutFiles(new RecordingGone())),
    onFailure: (problem) => decide(withoutFiles(problem))
  })
  createEffect(() => {
    if (listening()) run(lookFor)
  })
  // The code that looks for it is loaded before the page listens. Else guests would be told for a moment that nothing
  // is recorded.
  run(Effect.ignore(find))

  createEffect(() => {
    const current = state()
    const one = trying()
    if (one === undefined || current._tag === "Starting" || current._tag === "Finishing") return
    setTrying(undefined)
    if (current._tag === "Recording") {
      setGap({ from: one.stoppedAt, to: Date.now() })
      return
    }
    const why = current._tag === "Problem" ? current.problem : "unloaded"
    const gone = why !== "unloaded" && why._tag === "RecordingGone"
    setStopped({ id: gone ? null : one.id, stoppedAt: one.stoppedAt, why })
  })

  let notedAt = 0
  createEffect(() => {
    const { _tag } = state()
    if (_tag === "Finishing" || _tag === "Problem") browserMemory.remove(note)
    if (_tag !== "Recording" || Date.now() - notedAt < noteIntervalMs) return
    notedAt = Date.now()
    browserMemory.set(note, String(notedAt))
  })

  return {
    /** It is about to go on. Guests are told already that it records. */
    trying: () => trying() !== undefined,
    stopped,
    gap,
    dismiss: () =>
      batch(() => {
        setStopped(undefined)
        setGap(undefined)
      }),
    /** In the handler of a press. */
    goOn: () => {
      const one = untrack(stopped)
      if (one === undefined) return
      if (one.id !== null) return resume({ id: one.id, stoppedAt: one.stoppedAt })
      setStopped(undefined)
      // It could not be looked for, and may well be there.
      if (one.why === "unloaded") run(lookFor)
      else start(null)
    },
    /** Call it when this recording was saved or deleted, and so does not go on. */
    forget: (id: string) => {
      if (untrack(stopped)?.id === id) setStopped(undefined)
      browserMemory.remove(note)
    }
  } as const
}
