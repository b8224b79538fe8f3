import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, vi } from "vitest"
import { openCanvasComposer } from "../../../media/programme/canvasComposer.js"

/** A page whose canvases have this context, and captures of these tracks. */
const openWith = (context: object | null, tracks: ReadonlyArray<object>) => {
  const canvas = { getContext: () => context, captureStream: () => ({ getVideoTracks: () => tracks }) }
  vi.stubGlobal("document", { createElement: () => ({ ...canvas }) })
  return Effect.map(Effect.scoped(Effect.flip(openCanvasComposer)), ({ message }) => message)
}

afterEach(() => void vi.unstubAllGlobals())

describe("a composer in the page", () => {
  it.effect("reports why it does not open in a browser that cannot draw on a canvas or capture it", () =>
    Effect.gen(function* () {
      assert.match(yield* openWith(null, [{}]), /no 2D context/)
      assert.match(yield* openWith({}, []), /captures no canvas/)
      let stopped = 0
      assert.match(yield* openWith({}, [{ stop: () => stopped++ }]), /Path2D/)
      assert.strictEqual(stopped, 1)
    })
  )
})
