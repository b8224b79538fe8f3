import * as Effect from "effect/Effect"
import { Transport } from "./Transport.js"
import { Wakeup } from "./Wakeup.js"

/** The service, as a peer sees it. */
export class Signaling extends Effect.Service<Signaling>()("Signaling", {
  effect: Effect.gen(function* () {
    yield* Transport
    yield* Wakeup
    return {} as const
  })
}) {}
