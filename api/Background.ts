import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** Runs work that an answer need not wait for, to its end even after the answer was sent. */
export class Background extends Context.Tag("Background")<
  Background,
  { readonly run: (effect: Effect.Effect<void>) => Effect.Effect<void> }
>() {}
