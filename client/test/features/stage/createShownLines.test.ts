import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createShownLines } from "../../../features/stage/createShownLines.js"
import { createVideoSize } from "../../../features/stage/createVideoSize.js"
import { fitOf } from "../../../media/videoFit.js"

const tile = { width: 640, height: 360 }

/** Every element is as large as the tile. */
class FakeResizeObserver {
  readonly #tell: (entries: ReadonlyArray<{ readonly contentRect: typeof tile }>) => void
  constructor(tell: (entries: ReadonlyArray<{ readonly contentRect: typeof tile }>) => void) {
    this.#tell = tell
  }
  observe() {
    this.#tell([{ contentRect: tile }])
  }
  disconnect() {}
}

class FakeVideo extends EventTarget {
  videoWidth = 0
  videoHeight = 0

  /** The picture has this size from now on. */
  turn(width: number, height: number) {
    this.videoWidth = width
    this.videoHeight = height
    this.dispatchEvent(new Event("resize"))
  }
}

describe("the lines at which a video shows its picture", () => {
  beforeEach(() => {
    vi.stubGlobal("ResizeObserver", FakeResizeObserver)
    vi.stubGlobal("devicePixelRatio", 1)
  })
  afterEach(() => void vi.unstubAllGlobals())

  it("follow the picture's fit, which changes as soon as the picture is known to be upright", () => {
    const element = new FakeVideo()
    const { dispose, lines, setVideo } = createRoot((dispose) => {
      const [video, setVideo] = createSignal<HTMLVideoElement>()
      const lines = createShownLines(video, 1080, () => fitOf(picture(), tile))
      const picture = createVideoSize(video)
      return { dispose, lines, setVideo }
    })
    assert.strictEqual(lines(), 1080)
    setVideo(() => element as unknown as HTMLVideoElement)
    assert.strictEqual(lines(), 360)
    element.turn(720, 1280)
    assert.strictEqual(lines(), 270)
    element.turn(1280, 720)
    assert.strictEqual(lines(), 360)
    dispose()
  })
})
