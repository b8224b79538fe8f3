import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { PeerAuth } from "./contract/Api.js"
import { PeerUnknown } from "./contract/Errors.js"
import { PeerToken } from "./contract/Ids.js"

const decode = Schema.decodeUnknown(PeerToken)

/**
 * The token in `Authorization: Bearer` (RFC 6750, section 2.1). A malformed token fails like a token that no peer
 * holds: with `PeerUnknown`.
 */
export const bearerToken = Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) =>
  Effect.mapError(decode(/^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1]), () => PeerUnknown.default)
)

/** The middleware of the operations that always need a token. */
export const PeerAuthLive = Layer.succeed(PeerAuth, { peerToken: () => bearerToken })
