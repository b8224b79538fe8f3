import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { defaultRoomOf, invitation, roomOf } from "../../app/links.js"
import { memoryStore } from "../../browser/TextStore.js"
import { makeTabLocks } from "../../browser/tabLocks.js"
import { makeSecrets } from "../../signaling/Secrets.js"

const secrets = () =>
  makeSecrets(
    memoryStore(),
    makeTabLocks(() => undefined)
  )

describe("the default room", () => {
  it("is named by the service, and is one room whether a link names it or not", () => {
    const name = defaultRoomOf([
      { name: "cfOrigin", description: "" },
      { name: "default-room", description: "lobby" }
    ])
    assert.strictEqual(name, "lobby")
    assert.isUndefined(roomOf("?room=lobby", name))
    assert.isUndefined(roomOf("", name))
    assert.strictEqual(roomOf("?room=main", name), "main")
    assert.isNull(roomOf("?room=a%20room", name))
    assert.strictEqual(
      invitation("https://example.com", roomOf("?room=lobby", name) ?? undefined),
      "https://example.com/client"
    )
  })

  it("is only the room without a name, in a browser that does not expose the service's name for it", () => {
    assert.isNull(defaultRoomOf([]))
    assert.strictEqual(roomOf("?room=main", defaultRoomOf([])), "main")
    assert.isNull(roomOf("?room=a%20room", defaultRoomOf([])))
  })

  it.effect("keeps the key and the token that were stored under its name", () =>
    Effect.gen(function* () {
      const mine = secrets()
      const key = yield* mine.hostKey("lobby")
      const { token } = yield* mine.guestToken("lobby")
      const other = yield* mine.hostKey("main")
      mine.keepAsDefault("lobby")
      assert.strictEqual(yield* mine.hostKey(undefined), key)
      assert.deepStrictEqual(yield* mine.guestToken(undefined), { token, isNew: false })
      assert.strictEqual(yield* mine.hostKey("main"), other)
    })
  )

  it.effect("prefers the key that was stored without a name, and loses neither", () =>
    Effect.gen(function* () {
      const mine = secrets()
      const key = yield* mine.hostKey(undefined)
      const named = yield* mine.hostKey("lobby")
      mine.keepAsDefault("lobby")
      assert.strictEqual(yield* mine.hostKey(undefined), key)
      assert.strictEqual(yield* mine.hostKey("lobby"), named)
    })
  )
})
