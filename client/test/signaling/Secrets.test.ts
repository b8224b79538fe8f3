import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { hostKeyFromFragment, makeSecret } from "../../signaling/Secrets.js"

describe("secrets", () => {
  it.effect("have the format that the service expects, and never repeat", () =>
    Effect.gen(function* () {
      const [one, two] = yield* Effect.all([makeSecret, makeSecret])
      assert.match(one, /^[A-Za-z0-9_-]{43}$/)
      assert.notStrictEqual(one, two)
      assert.strictEqual(hostKeyFromFragment(`#key=${one}`), one)
      assert.isNull(hostKeyFromFragment("#key=short"))
    })
  )
})
