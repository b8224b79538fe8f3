import { assert, describe, it } from "@effect/vitest"
import { createRoot } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createDraft } from "../../../features/chat/createDraft.js"
import { makeFakeStorage } from "../../fakes/FakeStorage.js"

/** The page of one tab, loaded once more. */
const load = () => createRoot((dispose) => ({ dispose, ...createDraft("draft") }))

beforeEach(() => void vi.stubGlobal("window", { sessionStorage: makeFakeStorage() }))
afterEach(() => void vi.unstubAllGlobals())

describe("what is being written", () => {
  it("keeps its recipient through a reload", () => {
    const before = load()
    before.setTo("ada")
    before.setText("Between us")
    before.dispose()
    const after = load()
    assert.strictEqual(after.text(), "Between us")
    assert.strictEqual(after.to(), "ada")
    after.setTo(null)
    after.dispose()
    assert.isNull(load().to())
  })

  it("has no recipient after a reload once it was sent", () => {
    const before = load()
    before.setTo("ada")
    before.setText("Between us")
    before.setText("")
    assert.strictEqual(before.to(), "ada")
    before.dispose()
    const after = load()
    assert.strictEqual(after.text(), "")
    assert.isNull(after.to())
    after.dispose()
  })
})
