import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { type Mixer, makeMixer } from "../../media/Mixer.js"
import { type Unmixed, unmixedBecause, wholeMix } from "../../media/mixMinus.js"
import { onPress } from "../../media/presses.js"
import { fromObservable } from "../../solid/fromObservable.js"

/** A browser that may mix begins within this time, in milliseconds. */
const patience = 2_000

/**
 * The mixer of the host's page, from the press that opens the room until the room is closed. `noOutput`: the machine is
 * known to have no sound output. `recording`: all voices together are wanted.
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
    const now = mixer()
    return now && { levels: fromObservable(now.levels), state: fromObservable(now.state) }
  })
  const state = createMemo(() => mixed()?.state())
  createEffect(() => {
    const now = mixer()
    if (now !== undefined && recording()) onCleanup(() => now.remove(wholeMix))
  })
  /** Looks what is missing, once whatever was asked for had its time. */
  const look = () => {
    clearTimeout(timer)
    timer = setTimeout(() => setUnmixed(unmixedBecause(state() ?? "running", noOutput())), patience)
  }
  createEffect(
    on(state, (now) => {
      if (now === undefined || now === "running") {
        clearTimeout(timer)
        setUnmixed(null)
      } else look()
    })
  )

  const waken = () => {
    if (mixer() === undefined || state() === "running") return
    resume()
    look()
  }
  // An output is there again: a context that had none is not always woken by it, and one that has lost its own never goes
  // back (`openMixingContext`), so a new one takes its place. Not every browser tells of it, so it is looked for, too.
  const replace = () => {
    // Whoever looks sees one go over into the other.
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
  }, 5 * patience)
  const deviceChanged = () => {
    waken()
    // Not every browser tells that it had no output.
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
     * All voices together, for a recording. Null while nothing is mixed: a recorder of pictures with a mix that does not come
     * gives nothing.
     */
    whole: () => (recording() && state() === "running" ? (mixer()?.outputFor(wholeMix) ?? null) : null),
    /** What is missing, while nothing is mixed. */
    unmixed,
    /** In the handler of a press, before anything is waited for: only there browsers let a page sound. */
    start: () => {
      open()
      waken()
    },
    /** Without a press, as when a reload resumes a session: it mixes from the first press on. */
    open: () => {
      open()
      waken()
    },
    /** Whenever the browser may allow more than before, as when a capture begins. */
    waken,
    close
  } as const
}
