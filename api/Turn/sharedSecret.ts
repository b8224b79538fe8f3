import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Redacted from "effect/Redacted"

const utf8 = (text: string) => new TextEncoder().encode(text)

/** base64(HMAC-SHA1(secret, text)). */
const hmacSha1 = (secret: string, text: string) =>
  Effect.promise(async () => {
    const key = await crypto.subtle.importKey("raw", utf8(secret), { name: "HMAC", hash: "SHA-1" }, false, ["sign"])
    return Encoding.encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(text))))
  })

/**
 * Credentials for `ttl`, by a secret shared with the TURN server: the username is `<expiry, unix seconds>:<user>`, the
 * password base64(HMAC-SHA1(secret, username)). Source: draft-uberti-behave-turn-rest; coturn's `use-auth-secret`.
 */
export const sharedSecretIceServer = Effect.fn("Turn.sharedSecret")(function* (
  urls: ReadonlyArray<string>,
  secret: Redacted.Redacted<string>,
  user: string,
  ttl: Duration.Duration
) {
  const now = yield* Clock.currentTimeMillis
  const username = `${Math.floor((now + Duration.toMillis(ttl)) / 1000)}:${user}`
  return { urls, username, credential: yield* hmacSha1(Redacted.value(secret), username) }
})
