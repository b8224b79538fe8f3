import * as Layer from "effect/Layer"
import { Wakeup } from "../browser/Wakeup.js"
import { browserSecrets, Secrets } from "../signaling/Secrets.js"
import { Signaling } from "../signaling/Signaling.js"
import { Transport } from "../signaling/Transport.js"
import { BrowserPeerConnections } from "./BrowserPeerConnections.js"

/** Everything that `makeGuestCall` and `makeHostCalls` need, in a browser. */
export const CallsLive = Layer.mergeAll(
  Signaling.Default.pipe(Layer.provide(Transport.Browser), Layer.provideMerge(Wakeup.Browser)),
  Layer.succeed(Secrets, browserSecrets),
  BrowserPeerConnections
)
