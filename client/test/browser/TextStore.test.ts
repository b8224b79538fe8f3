import { assert, describe, it } from "@effect/vitest"
import { browserStore } from "../../browser/TextStore.js"

describe("a browser's text store", () => {
  it("keeps texts in memory if storage is blocked", () => {
    const store = browserStore(() => {
      throw new Error("SecurityError")
    })
    store.set("a", "1")
    assert.strictEqual(store.get("a"), "1")
    store.remove("a")
    assert.isNull(store.get("a"))
  })
})
