import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { createMemo, onCleanup } from "solid-js"
import { canShareScreen, makeScreen } from "../../media/Screen.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromObservable } from "../../solid/fromObservable.js"

/** The screen that this page shares. */
export const createScreen = () => {
  const run = createRunner()
  const scope = Effect.runSync(Scope.make())
  onCleanup(() => Effect.runFork(Scope.close(scope, Exit.void)))
  const screen = Effect.runSync(Scope.extend(makeScreen, scope))
  const state = fromObservable(screen.state)
  const shared = () => {
    const current = state()
    return current._tag === "On" ? current : null
  }
  const track = createMemo(() => shared()?.track ?? null)
  const stop = () => run(screen.close)
  return {
    supported: canShareScreen(),
    track,
    /** Its sound. Null: it has none. */
    sound: createMemo(() => shared()?.sound ?? null),
    refused: () => state()._tag === "Refused",
    /** In the handler of a press: the browser asks what to share. */
    toggle: () => (track() === null ? run(screen.open) : stop()),
    stop
  } as const
}

export type ScreenModel = ReturnType<typeof createScreen>
