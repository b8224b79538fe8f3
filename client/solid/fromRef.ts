import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { type Accessor, createSignal, onCleanup } from "solid-js"

/** A ref as a signal, until the owner that asked for it is disposed of. */
export const fromRef = <A>(ref: SubscriptionRef.SubscriptionRef<A>): Accessor<A> => {
  const [value, setValue] = createSignal(Effect.runSync(SubscriptionRef.get(ref)))
  const fiber = Effect.runFork(Stream.runForEach(ref.changes, (next) => Effect.sync(() => setValue(() => next))))
  onCleanup(() => Effect.runFork(Fiber.interruptFork(fiber)))
  return value
}
