import { assert, describe, it } from "@effect/vitest"
import { createRoot } from "solid-js"
import { afterEach, vi } from "vitest"
import { createFilled } from "../../solid/createFilled.js"

/** A page with one element, in a browser that gives it the screen, refuses it, or has none to give. */
const setUp = (screen: "given" | "refused" | "none") => {
  const document = Object.assign(new EventTarget(), {
    fullscreenEnabled: screen !== "none",
    fullscreenElement: null as HTMLElement | null,
    exitFullscreen: async () => show(null)
  })
  const show = (now: HTMLElement | null) => {
    document.fullscreenElement = now
    document.dispatchEvent(new Event("fullscreenchange"))
  }
  const element = {
    requestFullscreen: async () => {
      if (screen !== "given") throw new TypeError("Permissions check failed")
      show(element)
    }
  } as HTMLElement
  vi.stubGlobal("document", document)
  return createRoot((dispose) => ({ dispose, document, element, show, filled: createFilled(() => element) }))
}

afterEach(() => void vi.unstubAllGlobals())

describe("a picture that is to be seen large", () => {
  it("has the screen until it is pressed again, or the browser takes it back", async () => {
    const { dispose, document, element, filled, show } = setUp("given")
    filled.toggle()
    assert.strictEqual(document.fullscreenElement, element)
    assert.isTrue(filled.on())
    filled.toggle()
    assert.isFalse(filled.on())
    filled.toggle()
    show(null)
    assert.isFalse(filled.on())
    // The whole page over the whole screen is something else.
    show({} as HTMLElement)
    assert.isFalse(filled.on())
    dispose()
  })

  it("fills the window where it cannot have the screen", async () => {
    for (const screen of ["refused", "none"] as const) {
      const { dispose, document, filled } = setUp(screen)
      filled.toggle()
      await vi.waitFor(() => assert.isTrue(filled.on()))
      assert.isNull(document.fullscreenElement)
      filled.toggle()
      assert.isFalse(filled.on())
      dispose()
    }
  })
})
