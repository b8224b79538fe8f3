import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import type { Scene } from "../../../media/programme/scene.js"
import { createViewing } from "../../../pages/host/createViewing.js"
import type { Lines } from "../../../rtc/quality/wanted.js"

const person = { camera: true, microphone: true, hand: false, speaking: false }
const scene: Scene = {
  layout: "speaker",
  people: ["host", "ada", "bob"].map((id) => ({ ...person, id, name: id })),
  large: "ada",
  sharer: null
}

const begin = () =>
  createRoot((dispose) => {
    const [composed, setComposed] = createSignal<Scene | null>(null)
    const [recording, setRecording] = createSignal(false)
    const [machineShare, setMachineShare] = createSignal(Number.POSITIVE_INFINITY)
    const [sharer, setSharer] = createSignal<string | null>(null)
    const viewing = createViewing({ scene: composed, sharer, recording, machineShare })
    const show = (camera: Lines) => {
      for (const guest of ["ada", "bob"]) viewing.setTile(guest, { camera, screen: 180 })
      vi.advanceTimersByTime(1_000)
    }
    return { dispose, viewing, show, setComposed, setRecording, setMachineShare, setSharer }
  })

describe("what the host's page wants of a guest", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const wanted = (camera: Lines, screen: Lines) => ({ type: "wanted" as const, camera, screen })

  it("is what the stage shows", () => {
    const { dispose, show, viewing } = begin()
    assert.deepStrictEqual(viewing.messageFor("ada"), wanted(720, 1080))
    show(270)
    assert.deepStrictEqual(viewing.messageFor("ada"), wanted(270, 180))
    dispose()
  })

  it("is more for a place in the programme, a window or a recording, and for a screen that all see", () => {
    const { dispose, setComposed, setRecording, setSharer, show, viewing } = begin()
    show(90)
    setComposed(scene)
    assert.deepStrictEqual(
      ["ada", "bob"].map((guest) => viewing.messageFor(guest)),
      [wanted(720, 180), wanted(180, 180)]
    )
    setComposed(null)
    viewing.setWindows(new Set(["bob"]))
    setSharer("ada")
    assert.deepStrictEqual(
      ["ada", "bob"].map((guest) => viewing.messageFor(guest)),
      [wanted(90, 1080), wanted(720, 180)]
    )
    setRecording(true)
    assert.deepStrictEqual(viewing.messageFor("ada"), wanted(720, 1080))
    dispose()
  })

  it("is forgotten when a guest has gone: one who comes again is new", () => {
    const { dispose, show, viewing } = begin()
    show(90)
    viewing.setTile("ada", null)
    vi.advanceTimersByTime(1_000)
    assert.deepStrictEqual(
      ["ada", "bob"].map((guest) => viewing.messageFor(guest)),
      [wanted(720, 1080), wanted(90, 180)]
    )
    dispose()
  })

  it("is less if the machine is the limit", () => {
    const { dispose, setMachineShare, show, viewing } = begin()
    show(720)
    setMachineShare(1 / 4)
    assert.deepStrictEqual(viewing.messageFor("ada"), wanted(540, 180))
    dispose()
  })
})
