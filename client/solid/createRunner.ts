import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { onCleanup } from "solid-js"

/** Runs effects of an event handler. Those still running when the owner is disposed of are interrupted. */
export const createRunner = () => {
  const running = new Set<Fiber.RuntimeFiber<unknown>>()
  onCleanup(() => {
    for (const fiber of running) Effect.runFork(Fiber.interruptFork(fiber))
  })
  return (effect: Effect.Effect<unknown>): void => {
    const fiber = Effect.runFork(effect)
    running.add(fiber)
    fiber.addObserver(() => running.delete(fiber))
  }
}
