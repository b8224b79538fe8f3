import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { PeerConnections } from "./PeerConnections.js"

/** The browser's own WebRTC. */
export const BrowserPeerConnections = Layer.succeed(PeerConnections, { make: () => Effect.dieMessage("Not built yet") })
