import { assert, describe, it } from "@effect/vitest"
import { createRenderEffect, createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createKeptFocus } from "../../solid/createKeptFocus.js"

/** What a document knows of its focus. */
class FakeElement {
  isConnected = true
  readonly focus = () => {
    fake.activeElement = this
  }
}
const body = new FakeElement()
const fake = { body, activeElement: body }

/** A list whose rows are moved by every change: whatever has the focus loses it. `then`: what else happens to the document. */
const setUp = (then: () => void = () => undefined) =>
  createRoot((dispose) => {
    const [order, setOrder] = createSignal(0)
    createKeptFocus(order)
    createRenderEffect(() => {
      if (order() === 0) return
      fake.activeElement = body
      then()
    })
    return { dispose, move: () => setOrder((now) => now + 1) }
  })

describe("the focus in a list whose order changes", () => {
  beforeEach(() => {
    vi.stubGlobal("HTMLElement", FakeElement)
    vi.stubGlobal("document", fake)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    fake.activeElement = body
  })

  it("stays where it was, at every change", () => {
    const { dispose, move } = setUp()
    for (const element of [new FakeElement(), new FakeElement()]) {
      element.focus()
      move()
      assert.strictEqual(fake.activeElement, element)
    }
    dispose()
  })

  it("is not given to what has gone, nor taken from what has it by then", () => {
    const row = new FakeElement()
    const other = new FakeElement()
    const gone = setUp(() => (row.isConnected = false))
    row.focus()
    gone.move()
    assert.strictEqual(fake.activeElement, body)
    gone.dispose()

    const taken = setUp(other.focus)
    row.isConnected = true
    row.focus()
    taken.move()
    assert.strictEqual(fake.activeElement, other)
    taken.dispose()
  })
})
