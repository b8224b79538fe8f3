import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, vi } from "vitest"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"

describe("the browser's devices", () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })
  const failing = (cause: unknown) => {
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: () => Promise.reject(cause) } })
    return Effect.flip(browserMediaDevices.open("camera", { id: "one", exact: true }))
  }
  for (const [name, problem] of [
    ["NotFoundError", "DeviceMissing"],
    ["NotAllowedError", "PermissionRefused"],
    ["SecurityError", "PermissionRefused"],
    ["NotReadableError", "DeviceBusy"],
    ["TrackStartError", "DeviceBusy"],
    ["OverconstrainedError", "DeviceUnsuitable"],
    ["AbortError", "CaptureFailed"]
  ] as const) {
    it.effect(`report ${name} as ${problem}`, () =>
      Effect.gen(function* () {
        assert.strictEqual((yield* failing(new DOMException("", name)))._tag, problem)
      })
    )
  }

  it.effect("are none on a page that is not secure", () =>
    Effect.gen(function* () {
      vi.stubGlobal("navigator", {})
      assert.strictEqual(
        (yield* Effect.flip(browserMediaDevices.open("camera", { id: null, exact: false })))._tag,
        "PageInsecure"
      )
      assert.deepStrictEqual(yield* browserMediaDevices.list, [])
    })
  )

  it.effect("report changes of permissions and of the page's visibility, until the scope closes", () =>
    Effect.gen(function* () {
      const camera = Object.assign(new EventTarget(), { state: "denied" })
      const query = async ({ name }: { readonly name: string }) => {
        if (name !== "camera") throw new TypeError("no such permission")
        return camera
      }
      vi.stubGlobal("navigator", { mediaDevices: new EventTarget(), permissions: { query } })
      const tab = Object.assign(new EventTarget(), { visibilityState: "hidden" })
      vi.stubGlobal("document", tab)
      const show = (visibilityState: string) => {
        tab.visibilityState = visibilityState
        tab.dispatchEvent(new Event("visibilitychange"))
      }
      assert.isFalse(yield* browserMediaDevices.isAllowed("camera"))
      assert.isFalse(yield* browserMediaDevices.isAllowed("microphone"))
      assert.isFalse(yield* browserMediaDevices.isVisible)
      let changes = 0
      const allow = (state: string) => {
        camera.state = state
        camera.dispatchEvent(new Event("change"))
      }
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* browserMediaDevices.watch(() => void changes++)
          const told = () => {
            allow("granted")
            assert.strictEqual(changes, 1)
          }
          yield* Effect.promise(() => vi.waitFor(told))
          show("visible")
          assert.strictEqual(changes, 2)
        })
      )
      assert.isTrue(yield* browserMediaDevices.isAllowed("camera"))
      assert.isTrue(yield* browserMediaDevices.isVisible)
      allow("prompt")
      show("hidden")
      assert.isFalse(yield* browserMediaDevices.isAllowed("camera"), "a question is a press's to ask")
      assert.strictEqual(changes, 2)
    })
  )

  it.effect("open another camera if the last one is gone, but not if it was picked", () =>
    Effect.gen(function* () {
      const asked: Array<unknown> = []
      const track = { stop: () => undefined }
      vi.stubGlobal("navigator", {
        mediaDevices: {
          getUserMedia: ({ video }: { readonly video: { readonly deviceId?: unknown } }) => {
            asked.push(video.deviceId)
            if (video.deviceId !== undefined) return Promise.reject(new DOMException("", "OverconstrainedError"))
            return Promise.resolve({ getVideoTracks: () => [track], getTracks: () => [track] })
          }
        }
      })
      assert.strictEqual(yield* browserMediaDevices.open("camera", { id: "gone", exact: false }), track as never)
      assert.deepStrictEqual(asked, [{ exact: "gone" }, undefined])
    })
  )
})
