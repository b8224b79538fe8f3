import { assert, describe, it } from "@effect/vitest"
import { browserStore } from "../../browser/TextStore.js"

describe("a text that a browser keeps", () => {
  it("is kept in memory where storage is blocked", () => {
    const store = browserStore(() => {
      throw new Error("SecurityError")
    })
    store.set("a", "1")
    assert.strictEqual(store.get("a"), "1")
    store.remove("a")
    assert.isNull(store.get("a"))
  })
})
