import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Schema from "effect/Schema"
import { ClaimId, PeerId, SessionId } from "./contract/Ids.js"

/** SHA-256 of a secret, base64url. The secrets have 256 random bits, so a plain hash is enough at rest. */
export const SecretHash = Schema.String.pipe(Schema.brand("SecretHash"))
export type SecretHash = typeof SecretHash.Type

/** What needs the runtime's cryptography: hashes of secrets, and ids that nobody can guess. */
export class Secrets extends Effect.Service<Secrets>()("Secrets", {
  sync: () => {
    const random = (bytes: number) => Encoding.encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))

    return {
      /** SHA-256 of the UTF-8 of a secret. */
      hash: (secret: string) =>
        Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))).pipe(
          Effect.map((digest) => SecretHash.make(Encoding.encodeBase64Url(new Uint8Array(digest))))
        ),
      peerId: Effect.sync(() => PeerId.make(random(12))),
      sessionId: Effect.sync(() => SessionId.make(random(12))),
      claimId: Effect.sync(() => ClaimId.make(random(12))),
      /** The key of a message that its sender gave none, so that the service's own repeat is delivered once too. */
      idempotencyKey: Effect.sync(() => random(12))
    } as const
  }
}) {}
