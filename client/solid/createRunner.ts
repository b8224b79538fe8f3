import type * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import { onCleanup } from "solid-js"

/** Runs effects of an event handler. Those still running when the owner is disposed of are interrupted. */
export const createRunner = <R>(runtime: ManagedRuntime.ManagedRuntime<R, never>) => {
  const running = new Set<Fiber.RuntimeFiber<unknown>>()
  onCleanup(() => {
    for (const fiber of running) runtime.runFork(Fiber.interruptFork(fiber))
  })
  return (effect: Effect.Effect<unknown, never, R>): void => {
    const fiber = runtime.runFork(effect)
    running.add(fiber)
    fiber.addObserver(() => running.delete(fiber))
  }
}
