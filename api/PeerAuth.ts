import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpApiSecurity from "@effect/platform/HttpApiSecurity"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { PeerAuth } from "./contract/Api.js"
import { PeerUnknown } from "./contract/Errors.js"
import { PeerToken } from "./contract/Ids.js"

const decode = Schema.decodeUnknown(PeerToken)

/** A token that cannot be one is as unknown as one that no peer holds. */
const asToken = (given: Redacted.Redacted) => Effect.mapError(decode(Redacted.value(given)), () => PeerUnknown.default)

/** The token in `Authorization: Bearer`, where a request turns out to need one. */
export const bearerToken = Effect.flatMap(HttpApiBuilder.securityDecode(HttpApiSecurity.bearer), asToken)

/** The middleware of the operations that always need one. */
export const PeerAuthLive = Layer.succeed(PeerAuth, { peerToken: asToken })
