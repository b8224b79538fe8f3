import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { type Accessor, createSignal, onCleanup } from "solid-js"

/** A scoped resource that a page opens and closes: at most one at a time. */
export interface Opened<A, E> {
  readonly current: Accessor<A | undefined>
  /** Why the latest could not be opened. */
  readonly failure: Accessor<E | undefined>
  /** Closes the former one, then opens this one. */
  readonly open: (make: Effect.Effect<A, E, Scope.Scope>) => void
  /** Gone from the page at once; what its scope still has to say goes on in the background. */
  readonly close: () => void
}

/** How long a new one waits for the former one's goodbye. */
const patience = "2 seconds"

/** Closes with the owner that asked for it. */
export const createOpened = <A, E>(): Opened<A, E> => {
  const [current, setCurrent] = createSignal<A>()
  const [failure, setFailure] = createSignal<E>()
  let scope: Scope.CloseableScope | undefined
  let closing: Effect.Effect<unknown> = Effect.void
  let opening: Fiber.RuntimeFiber<void> | undefined

  const close = () => {
    const [oldScope, oldFiber] = [scope, opening]
    scope = undefined
    opening = undefined
    setCurrent(undefined)
    setFailure(undefined)
    if (oldScope === undefined) return
    const fiber = Effect.runFork(
      (oldFiber === undefined ? Effect.void : Fiber.interrupt(oldFiber)).pipe(
        Effect.zipRight(Scope.close(oldScope, Exit.void))
      )
    )
    closing = Fiber.join(fiber).pipe(Effect.disconnect, Effect.timeout(patience), Effect.ignore)
  }

  const open = (make: Effect.Effect<A, E, Scope.Scope>) => {
    close()
    const own = Effect.runSync(Scope.make())
    scope = own
    opening = Effect.runFork(
      closing.pipe(
        Effect.zipRight(Scope.extend(make, own)),
        Effect.match({
          onSuccess: (made) => void setCurrent(() => made),
          onFailure: (why) => void setFailure(() => why)
        })
      )
    )
  }

  onCleanup(close)
  return { current, failure, open, close }
}
