import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Schema from "effect/Schema"
import { ClaimId, PeerId, SessionId } from "./contract/Ids.js"

/** SHA-256 of a secret, as base64url. The secrets have 256 random bits, so a plain hash is enough to store them. */
export const SecretHash = Schema.String.pipe(Schema.brand("SecretHash"))
export type SecretHash = typeof SecretHash.Type

/** Unguessable ids, and hashes of secrets, by the runtime's cryptography. */
export class Secrets extends Effect.Service<Secrets>()("Secrets", {
  sync: () => {
    const random = (bytes: number) => Encoding.encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))

    return {
      /** SHA-256 of the UTF-8 of a secret. */
      hash: (secret: string) =>
        Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))).pipe(
          Effect.map((digest) => SecretHash.make(Encoding.encodeBase64Url(new Uint8Array(digest))))
        ),
      newPeerId: Effect.sync(() => PeerId.make(random(12))),
      newSessionId: Effect.sync(() => SessionId.make(random(12))),
      newClaimId: Effect.sync(() => ClaimId.make(random(12))),
      /** The key of a message whose sender gave none, so that it is delivered once even if the service retries. */
      newIdempotencyKey: Effect.sync(() => random(12))
    } as const
  }
}) {}
