import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { Settings } from "../Settings.js"
import { settings } from "./services.js"

const read = (values: Readonly<Record<string, string>>) => Effect.provide(Settings, settings(values))

/** A wrong value, the setting that its error must name, and words that the error must contain. */
const wrong: ReadonlyArray<readonly [Readonly<Record<string, string>>, string, string]> = [
  [{ PEER_TTL: "soon" }, "PEER_TTL", "not a duration"],
  [{ MESSAGE_TTL: "1 minute" }, "MESSAGE_TTL", "at least 10m"],
  [{ TURN_TTL: "49 hours" }, "TURN_TTL", "at most 2d"],
  [{ DEFAULT_ROOM: "my room" }, "DEFAULT_ROOM", "is not a room name"],
  [{ ALLOWED_ORIGINS: "example.com" }, "ALLOWED_ORIGINS", "is not an origin"],
  [{ STUN_URLS: "http://example.com" }, "STUN_URLS", "not a URL of this kind"],
  [{ TURN_URLS: "turn:t.example.com" }, "TURN_SECRET", "go together"],
  [{ TURN_KEY_API_TOKEN: "secret-value" }, "TURN_KEY_ID", "go together"],
  [{ TURN_PER_HOUR: "0" }, "TURN_PER_HOUR", "1 to 1000000"],
  [{ ICE_POLICY: "relay" }, "ICE_POLICY", "no relay is configured"],
  [{ ICE_POLICY: "direct" }, "ICE_POLICY", "relay"],
  [{ MAX_GUESTS: "0" }, "MAX_GUESTS", "1 to 500"],
  [{ MAX_GUESTS: "many" }, "MAX_GUESTS", "integer"]
]

describe("the settings", () => {
  it.effect("have defaults", () =>
    Effect.gen(function* () {
      const { allowedOrigins, defaultRoom, hostPassword, peerTtl, turnTtl } = yield* read({})
      assert.deepStrictEqual(allowedOrigins, Option.none())
      assert.strictEqual(String(defaultRoom), "main")
      assert.deepStrictEqual(hostPassword, Option.none())
      assert.strictEqual(Duration.toHours(peerTtl), 1)
      assert.strictEqual(Duration.toHours(turnTtl), 4)
    })
  )

  it.effect("treat an empty value as not set", () =>
    Effect.gen(function* () {
      const empty = { HOST_PASSWORD: "", TURN_KEY_ID: "", TURN_KEY_API_TOKEN: "", TURN_URLS: "", ALLOWED_ORIGINS: "" }
      const { allowedOrigins, cloudflareTurn, hostPassword, sharedSecretTurn } = yield* read(empty)
      assert.deepStrictEqual(
        [allowedOrigins, cloudflareTurn, hostPassword, sharedSecretTurn].map(({ _tag }) => _tag),
        ["None", "None", "None", "None"]
      )
    })
  )

  it.effect("accept durations in several notations", () =>
    Effect.gen(function* () {
      for (const [text, minutes] of [
        ["90 minutes", 90],
        ["2 hours", 120],
        ["2h", 120],
        ["15m", 15],
        ["3600", 60]
      ] as const) {
        assert.strictEqual(Duration.toMinutes((yield* read({ PEER_TTL: text })).peerTtl), minutes)
      }
    })
  )

  it.effect("hide secrets", () =>
    Effect.gen(function* () {
      const { hostPassword } = yield* read({ HOST_PASSWORD: "open sesame" })
      assert.notInclude(JSON.stringify(hostPassword), "sesame")
      assert.strictEqual(Option.getOrThrow(Option.map(hostPassword, Redacted.value)), "open sesame")
    })
  )

  it.effect("report the wrong setting, and what to write instead", () =>
    Effect.gen(function* () {
      for (const [values, name, words] of wrong) {
        const message = String(yield* Effect.flip(read(values)))
        assert.include(message, name)
        assert.include(message, words)
        assert.strictEqual(message.split(`at ${name}`).length, 2, message)
        assert.notInclude(message, `${name}.${name}`)
        assert.notInclude(message, "secret-value")
      }
    })
  )
})
