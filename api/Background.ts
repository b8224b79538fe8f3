import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** Runs what an answer need not wait for, to its end even when the answer is out. */
export class Background extends Context.Tag("Background")<
  Background,
  { readonly run: (effect: Effect.Effect<void>) => Effect.Effect<void> }
>() {}
