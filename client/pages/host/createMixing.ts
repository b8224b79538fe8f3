import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { type Mixer, makeMixer } from "../../media/Mixer.js"
import { type Unmixed, unmixedBecause, wholeMix } from "../../media/mixMinus.js"
import { onPress } from "../../media/presses.js"
import { fromObservable } from "../../solid/fromObservable.js"

/** A browser that may play sound begins to mix within this time, in milliseconds. */
const startTimeout = 2_000

/**
 * The mixer of the host's page, from the press that opens the room until the room is closed. `noOutput`: the machine is
 * known to have no sound output. `recording`: the mix of all voices is wanted.
 */
export const createMixing = (noOutput: Accessor<boolean>, recording: Accessor<boolean>) => {
  const [mixer, setMixer] = createSignal<Mixer>()
  const [unmixed, setUnmixed] = createSignal<Unmixed | null>(null)
  let scope: Scope.CloseableScope | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const drop = () => {
    clearTimeout(timer)
    setMixer(undefined)
    if (scope !== undefined) Effect.runFork(Scope.close(scope, Exit.void))
    scope = undefined
  }
  const close = () => {
    drop()
    setUnmixed(null)
  }
  const open = () => {
    if (mixer() !== undefined) return
    scope = Effect.runSync(Scope.make())
    setMixer(Effect.runSync(Scope.extend(makeMixer, scope)))
  }
  const resume = () => mixer()?.resume()

  const mixed = createMemo(() => {
    const current = mixer()
    return current && { levels: fromObservable(current.levels), state: fromObservable(current.state) }
  })
  const state = createMemo(() => mixed()?.state())
  createEffect(() => {
    const current = mixer()
    if (current !== undefined && recording()) onCleanup(() => current.remove(wholeMix))
  })
  /** Finds out why nothing is mixed, once the browser has had time to begin. */
  const findCauseLater = () => {
    clearTimeout(timer)
    timer = setTimeout(() => setUnmixed(unmixedBecause(state() ?? "running", noOutput())), startTimeout)
  }
  createEffect(
    on(state, (current) => {
      if (current === undefined || current === "running") {
        clearTimeout(timer)
        setUnmixed(null)
      } else findCauseLater()
    })
  )

  const waken = () => {
    if (mixer() === undefined || state() === "running") return
    resume()
    findCauseLater()
  }
  // An output is there again: it does not always wake a context that had none, and a context that has lost its own
  // never goes back to it (`openMixingContext`), so a new one takes its place. Not every browser reports it, so a timer
  // checks.
  const replace = () => {
    // Observers see the new mixer in place of the old one, and never none.
    batch(() => {
      drop()
      open()
    })
    waken()
  }
  const replaceLost = () => {
    if (!noOutput() && mixer()?.outputLost() === true) replace()
  }
  const outputChanged = () => {
    waken()
    replaceLost()
  }
  createEffect(on(noOutput, outputChanged, { defer: true }))
  const replacing = setInterval(() => {
    if (unmixed() === "output") replace()
  }, 5 * startTimeout)
  const deviceChanged = () => {
    waken()
    // Not every browser reports that it had no output.
    if (unmixed() === "output" || unmixed() === "press") replace()
    else replaceLost()
  }
  onCleanup(onPress(waken))
  document.addEventListener("visibilitychange", waken)
  navigator.mediaDevices?.addEventListener("devicechange", deviceChanged)
  onCleanup(() => {
    document.removeEventListener("visibilitychange", waken)
    navigator.mediaDevices?.removeEventListener("devicechange", deviceChanged)
    clearInterval(replacing)
    close()
  })

  const silent: ReadonlyMap<string, number> = new Map()
  return {
    mixer,
    levels: () => mixed()?.levels() ?? silent,
    /**
     * The mix of all voices, for a recording. Null while nothing is mixed: a recorder whose sound does not arrive
     * records no picture either.
     */
    whole: () => (recording() && state() === "running" ? (mixer()?.outputFor(wholeMix) ?? null) : null),
    /** Why nothing is mixed. */
    unmixed,
    /**
     * Call it in the handler of a press, before any wait: only there do browsers let a page play sound. Called without
     * a press, as when a reload resumes a session, it mixes from the first press on.
     */
    start: () => {
      open()
      waken()
    },
    /** Call it whenever the browser may allow more than before, as when a capture begins. */
    waken,
    close
  } as const
}
